import { useState } from 'react'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Checkbox, Field, Input, Modal, Radio, useProblem } from '../../../kit/index.ts'
import type { CaseDetail } from './types.ts'

const OUTCOMES = ['put-right', 'explained', 'refused', 'withdrawn', 'mistaken'] as const

interface Props {
  caseId: number
  /** The customer knows that there is a case. */
  receipt: boolean
  onClose: () => void
}

/** How it ends. One that should never have been needs no words, and its customer need not hear of it. */
export function ResolveCase({ caseId, receipt, onClose }: Props) {
  const { t } = useText()
  const problem = useProblem()
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('put-right')
  const [resolution, setResolution] = useState('')
  const [tell, setTell] = useState(true)
  const mistaken = outcome === 'mistaken'
  const resolve = useChangeOf<CaseDetail>(['/cases', '/customers'], onClose)
  return (
    <Modal
      open
      title={t('cs.resolve')}
      okText={t('cs.resolve')}
      cancelText={t('gb.cancel')}
      okButtonProps={{ disabled: !mistaken && resolution.trim() === '', loading: resolve.isPending }}
      onOk={() =>
        resolve.mutate({
          method: 'POST',
          path: `/cases/${caseId}/resolve`,
          body: { outcome, resolution, ...(mistaken ? { tell } : {}) },
        })
      }
      onCancel={onClose}
    >
      <div className="stack">
        <Radio.Group value={outcome} onChange={event => setOutcome(event.target.value as typeof outcome)}>
          {OUTCOMES.map(value => (
            <Radio key={value} value={value}>
              {t(`cs.outcome.${value}`)}
            </Radio>
          ))}
        </Radio.Group>
        <Field label={t(mistaken ? 'cs.mistaken-words' : 'cs.resolution')}>
          {id => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 3, maxRows: 12 }}
              value={resolution}
              onChange={event => setResolution(event.target.value)}
            />
          )}
        </Field>
        {mistaken && receipt ? (
          <Checkbox checked={tell} onChange={event => setTell(event.target.checked)}>
            {t('cs.tell-mistaken')}
          </Checkbox>
        ) : null}
        <p className="note">{t(mistaken ? 'cs.mistaken-note' : 'cs.resolve-note')}</p>
        {resolve.error ? <Callout tone="bad">{problem(resolve.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
