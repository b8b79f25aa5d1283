import { useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import {
  Button,
  Callout,
  Checkbox,
  Field,
  Modal,
  Radio,
  TextAreaField,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { CallbackTime } from './callback-time.tsx'
import { useDeskChange } from './use-change.ts'

/** Has the customer called again: because they asked for it, or because somebody saw an opportunity. */
export function AskCall({ customerId, about = '' }: { customerId: number; about?: string }) {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const [open, setOpen] = useState(false)
  const [kind, setKind] = useState<'callback' | 'opportunity'>('callback')
  const [reason, setReason] = useState(about)
  const [at, setAt] = useState('')
  const [mine, setMine] = useState(true)
  const ask = useDeskChange<{ taskId: string }>(() => {
    toast.done(t('ask.done'))
    setOpen(false)
    setReason(about)
    setAt('')
  })
  const when = at ? new Date(at) : null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('ask.open')}</Button>
      <Modal
        open={open}
        title={t('ask.title')}
        okText={t('ask.save')}
        cancelText={t('action.close')}
        okButtonProps={{ disabled: reason.trim() === '' || (when !== null && Number.isNaN(when.getTime())) }}
        confirmLoading={ask.isPending}
        onCancel={() => setOpen(false)}
        onOk={() =>
          ask.mutate({
            method: 'POST',
            path: '/desk/callbacks',
            body: { kind, customerId, reason: reason.trim(), mine, ...(when ? { at: when.toISOString() } : {}) },
          })
        }
      >
        <div className="stack tight">
          {ask.error ? <Callout tone="bad">{problem(ask.error)}</Callout> : null}
          <Radio.Group
            aria-label={t('ask.title')}
            value={kind}
            onChange={event => setKind(event.target.value as typeof kind)}
            options={[
              { value: 'callback', label: t('ask.callback') },
              { value: 'opportunity', label: t('ask.opportunity') },
            ]}
          />
          <TextAreaField label={t('ask.reason')} rows={2} maxLength={400} value={reason} onChange={setReason} />
          <Field label={t('ask.at')}>
            {id => <CallbackTime id={id} value={at} disabled={false} onChange={setAt} />}
          </Field>
          <Checkbox checked={mine} onChange={event => setMine(event.target.checked)}>
            {t('ask.mine')}
          </Checkbox>
        </div>
      </Modal>
    </>
  )
}
