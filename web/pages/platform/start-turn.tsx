import { PlayCircleOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../api/client.ts'
import { expectTurn } from '../../api/loop.ts'
import { useText } from '../../i18n/use-text.ts'
import { Button, Callout, Modal, TextField, useProblem, useToast } from '../../kit/index.ts'

/** A turn knows everything before its date and nothing after. */
export function StartTurn({ busy, asOf }: { busy: boolean; asOf: string | undefined }) {
  const { t, day } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [date, setDate] = useState('')
  const start = useMutation({
    mutationFn: (of: string) => send<unknown>('POST', '/turns', { asOf: of }),
    onSuccess: async (_, of) => {
      expectTurn()
      setOpen(false)
      toast.done(t('turn.started', { day: day(of) }))
      await client.invalidateQueries({ queryKey: ['/loop'] })
    },
  })
  return (
    <>
      <Button
        type="primary"
        icon={<PlayCircleOutlined />}
        disabled={busy}
        onClick={() => {
          setDate(asOf ?? new Date().toISOString().slice(0, 10))
          start.reset()
          setOpen(true)
        }}
      >
        {busy ? t('turn.running') : t('turn.start')}
      </Button>
      <Modal
        open={open}
        title={t('turn.start')}
        okText={t('turn.start')}
        okButtonProps={{ disabled: !/^\d{4}-\d\d-\d\d$/.test(date), loading: start.isPending }}
        onOk={() => start.mutate(date)}
        onCancel={() => setOpen(false)}
      >
        <div className="stack">
          <p>{t('turn.explain')}</p>
          <TextField label={t('turn.as-of')} type="date" value={date} onChange={setDate} style={{ maxWidth: 220 }} />
          {start.error ? <Callout tone="bad">{problem(start.error)}</Callout> : null}
        </div>
      </Modal>
    </>
  )
}
