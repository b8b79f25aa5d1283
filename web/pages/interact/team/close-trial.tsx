import { useState } from 'react'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Field, Input, Modal, Select, useProblem, useToast } from '../../../kit/index.ts'
import type { TrialRow } from './types.ts'

/** Ends a trial, or decides one that ended by itself; the script that is kept is proposed as the next version. */
export function CloseTrial({ row, onClose }: { row: TrialRow; onClose: () => void }) {
  const { t } = useText()
  const problem = useProblem()
  const [kept, setKept] = useState<'a' | 'b' | ''>(betterOf(row))
  const [remark, setRemark] = useState('')
  const toast = useToast()
  const close = useChangeOf<{ draft: number | null }>(['/team', '/content', '/templates'], ({ draft }) => {
    if (draft !== null) toast.done(t('tl.kept-asked'))
    onClose()
  })
  return (
    <Modal
      open
      title={t(row.state === 'live' ? 'tl.close-trial' : 'tl.decide-trial')}
      okText={t(row.state === 'live' ? 'tl.close-trial' : 'tl.decide-trial')}
      cancelText={t('tl.cancel')}
      okButtonProps={{ loading: close.isPending }}
      onOk={() => close.mutate({ method: 'POST', path: `/team/trials/${row.trialId}/close`, body: { kept, remark } })}
      onCancel={onClose}
    >
      <div className="stack">
        <Field label={t('tl.kept')}>
          {id => (
            <Select
              id={id}
              value={kept}
              onChange={setKept}
              options={[
                { value: 'a' as const, label: t('tl.kept.a') },
                { value: 'b' as const, label: t('tl.kept.b') },
                { value: '' as const, label: t('tl.kept.neither') },
              ]}
            />
          )}
        </Field>
        <Field label={t('tl.words')}>
          {id => (
            <Input.TextArea id={id} maxLength={2000} value={remark} onChange={event => setRemark(event.target.value)} />
          )}
        </Field>
        <p className="note">{t('tl.close-hint')}</p>
        {close.error ? <Callout tone="bad">{problem(close.error)}</Callout> : null}
      </div>
    </Modal>
  )
}

/** Proposed: the script whose lift decided the trial; a person may say otherwise. */
function betterOf({ ended, measure, measures }: TrialRow): 'a' | 'b' | '' {
  const lift = measures.find(one => one.measure === measure)?.lift
  if (ended !== 'evidence' || !lift) return ''
  return lift.difference > 0 ? 'b' : 'a'
}
