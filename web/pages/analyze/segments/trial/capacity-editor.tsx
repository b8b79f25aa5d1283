import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../../api/client.ts'
import { useGet } from '../../../../api/queries.ts'
import type { Capacity } from '../../../../api/segments.ts'
import { useMay } from '../../../../api/session.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Async, Button, Callout, Field, InputNumber, Modal, useProblem } from '../../../../kit/index.ts'

/** What the people who serve segments can do. */
export function CapacityEditor() {
  const { t } = useText()
  const [open, setOpen] = useState(false)
  const capacity = useGet<Capacity>('/segments/capacity', { enabled: open })
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('seg.team')}</Button>
      {open ? (
        <Async query={capacity} loading={null}>
          {data => <Fields capacity={data} onClose={() => setOpen(false)} />}
        </Async>
      ) : null}
    </>
  )
}

function Fields({ capacity, onClose }: { capacity: Capacity; onClose: () => void }) {
  const { t, number } = useText()
  const may = useMay()
  const problem = useProblem()
  const client = useQueryClient()
  const [team, setTeam] = useState(capacity)
  const save = useMutation({
    mutationFn: () => send('PUT', '/segments/capacity', team),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['/segments/capacity'] })
      onClose()
    },
  })
  const locked = !may('segments.write')
  const field = (key: 'agents' | 'hours' | 'daysAMonth', label: string, least: number, most: number) => (
    <Field label={label}>
      {id => (
        <InputNumber
          id={id}
          min={least}
          max={most}
          disabled={locked}
          value={team[key]}
          onChange={value => setTeam({ ...team, [key]: value ?? least })}
        />
      )}
    </Field>
  )
  const minutes = team.agents * team.hours * 60 * team.daysAMonth
  return (
    <Modal
      open
      title={t('seg.team')}
      onCancel={onClose}
      onOk={() => (locked ? onClose() : save.mutate())}
      okText={locked ? t('seg.close') : t('seg.save')}
      confirmLoading={save.isPending}
    >
      <div className="stack">
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        <div className="fields">
          {field('agents', t('seg.agents'), 0, 100_000)}
          {field('hours', t('seg.hours'), 0.1, 24)}
          {field('daysAMonth', t('seg.days-a-month'), 1, 31)}
          <Field label={t('seg.offers-a-month')}>
            {id => (
              <InputNumber
                id={id}
                min={0}
                precision={0}
                disabled={locked}
                placeholder={t('seg.no-limit')}
                value={team.offersAMonth}
                onChange={value => setTeam({ ...team, offersAMonth: value })}
              />
            )}
          </Field>
        </div>
        <p className="muted">{t('seg.team-can', { minutes: number(minutes), calls: number(minutes / 3) })}</p>
      </div>
    </Modal>
  )
}
