import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../api/client.ts'
import { useGet } from '../../api/queries.ts'
import { useMay } from '../../api/session.ts'
import type { Complaint } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Button, Callout, Modal, TextAreaField, useProblem, useToast } from '../../kit/index.ts'

/** An open complaint keeps every offer away; whoever settled it says so here. */
export function ComplaintBar({ id }: { id: number }) {
  const { t, day } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const complaint = useGet<Complaint>(`/customers/${id}/complaint`)
  const [asking, setAsking] = useState(false)
  const [note, setNote] = useState('')
  const resolve = useMutation({
    mutationFn: () => send<Complaint>('POST', `/customers/${id}/complaint/resolve`, { note }),
    onSuccess: async () => {
      toast.done(t('complaint.done'))
      setAsking(false)
      setNote('')
      await client.invalidateQueries({
        predicate: query => String(query.queryKey[0]).startsWith(`/customers/${id}`),
      })
    },
  })
  const { at, open, quietUntil } = complaint.data ?? { at: null, open: false, quietUntil: null }
  if (at === null || (!open && quietUntil === null)) return null
  return (
    <>
      <Callout
        tone={open ? 'warn' : 'info'}
        title={t(open ? 'complaint.open' : 'complaint.settled', { day: day(at) })}
        extra={
          open && may('customers.answer') ? (
            <Button onClick={() => setAsking(true)}>{t('complaint.resolve')}</Button>
          ) : null
        }
      >
        {quietUntil ? t('complaint.quiet', { day: day(quietUntil) }) : t('complaint.until-settled')}
      </Callout>
      <Modal
        open={asking}
        title={t('complaint.resolve')}
        okText={t('complaint.resolve')}
        okButtonProps={{ disabled: note.trim() === '', loading: resolve.isPending }}
        onOk={() => resolve.mutate()}
        onCancel={() => setAsking(false)}
      >
        <div className="stack">
          {resolve.error ? <Callout tone="bad">{problem(resolve.error)}</Callout> : null}
          <p>{t('complaint.what')}</p>
          <TextAreaField label={t('complaint.how')} rows={3} value={note} maxLength={2000} onChange={setNote} />
        </div>
      </Modal>
    </>
  )
}
