import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Modal, Radio, useProblem, useToast } from '../../../kit/index.ts'
import { Parts } from './parts.tsx'
import type { OutcomeParts, OutcomeRow, Root, TakenBack } from './types.ts'

interface Props {
  root: Root
  row: OutcomeRow
  onClose: () => void
}

/** What goes back with a saved outcome, what stays, and where the call goes; then it is done. It opens when that is known. */
export function TakeBack({ root, row, onClose }: Props) {
  const { t, term } = useText()
  const problem = useProblem()
  const toast = useToast()
  const navigate = useNavigate()
  const [to, setTo] = useState<'agent' | 'list'>('agent')
  const parts = useGet<OutcomeParts>(`${root}/outcomes/${row.outcomeId}/parts`)
  const own = row.mine && root === '/desk'
  const take = useChangeOf<TakenBack>(['/desk', '/team', '/tasks', '/customers'], ({ taskId, state }) => {
    const mine = own && state === 'held'
    toast.done(t(mine ? 'tb.done-me' : 'tb.done'))
    onClose()
    if (mine) void navigate(`/tasks/${taskId}`)
  })
  if (!parts.data && !parts.error) return null
  return (
    <Modal
      open
      title={t('tb.title', { outcome: term('outcome', row.outcome), name: row.customerName || t('tb.nobody') })}
      okText={t('tb.take-back')}
      cancelText={t('action.close')}
      okButtonProps={{ autoFocus: true, disabled: !parts.data, loading: take.isPending }}
      onOk={() => take.mutate({ method: 'POST', path: `${root}/outcomes/${row.outcomeId}/take-back`, body: { to } })}
      onCancel={onClose}
    >
      <div className="stack">
        {take.error ? <Callout tone="bad">{problem(take.error)}</Callout> : null}
        {parts.error ? <Callout tone="bad">{problem(parts.error)}</Callout> : null}
        {parts.data ? (
          <>
            <Parts parts={parts.data.parts} />
            <section>
              <p className="strong">{t('tb.goes-to')}</p>
              <Radio.Group
                aria-label={t('tb.goes-to')}
                className="stack tight"
                value={to}
                onChange={event => setTo(event.target.value)}
                options={[
                  { value: 'agent', label: own ? t('tb.to-me') : t('tb.to-agent', { agent: row.agent }) },
                  ...(parts.data.toList ? [{ value: 'list', label: t('tb.to-list') }] : []),
                ]}
              />
            </section>
          </>
        ) : null}
      </div>
    </Modal>
  )
}
