import { useState } from 'react'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Field, Input, Modal, Select, useProblem } from '../../../kit/index.ts'

export function CloseTrial({ trialId, onClose }: { trialId: number; onClose: () => void }) {
  const { t } = useText()
  const problem = useProblem()
  const [kept, setKept] = useState<'a' | 'b' | ''>('')
  const [remark, setRemark] = useState('')
  const close = useChangeOf<unknown>(['/team/trials'], onClose)
  return (
    <Modal
      open
      title={t('tl.close-trial')}
      okText={t('tl.close-trial')}
      cancelText={t('tl.cancel')}
      okButtonProps={{ loading: close.isPending }}
      onOk={() => close.mutate({ method: 'POST', path: `/team/trials/${trialId}/close`, body: { kept, remark } })}
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
