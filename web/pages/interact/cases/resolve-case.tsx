import { useState } from 'react'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Field, Input, Modal, Radio, useProblem } from '../../../kit/index.ts'
import type { CaseDetail } from './types.ts'

const OUTCOMES = ['put-right', 'explained', 'refused', 'withdrawn'] as const

export function ResolveCase({ caseId, onClose }: { caseId: number; onClose: () => void }) {
  const { t } = useText()
  const problem = useProblem()
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('put-right')
  const [resolution, setResolution] = useState('')
  const resolve = useChangeOf<CaseDetail>(['/cases', '/customers'], onClose)
  return (
    <Modal
      open
      title={t('cs.resolve')}
      okText={t('cs.resolve')}
      cancelText={t('gb.cancel')}
      okButtonProps={{ disabled: resolution.trim() === '', loading: resolve.isPending }}
      onOk={() => resolve.mutate({ method: 'POST', path: `/cases/${caseId}/resolve`, body: { outcome, resolution } })}
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
        <Field label={t('cs.resolution')}>
          {id => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 3, maxRows: 12 }}
              value={resolution}
              onChange={event => setResolution(event.target.value)}
            />
          )}
        </Field>
        <p className="note">{t('cs.resolve-note')}</p>
        {resolve.error ? <Callout tone="bad">{problem(resolve.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
