import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Field, InputNumber, Modal, Select, useProblem, useToast } from '../../../kit/index.ts'

interface Segments {
  rows: { id: string; name: { en: string; zh: string } }[]
}

/** Whom, how many and by which way; each customer is asked once, and the contact policy decides at the gate. */
export function AskCustomers({ surveyId, onClose }: { surveyId: number; onClose: () => void }) {
  const { t, say, number } = useText()
  const problem = useProblem()
  const toast = useToast()
  const [channel, setChannel] = useState<'email' | 'sms'>('email')
  const [segment, setSegment] = useState('')
  const [most, setMost] = useState(200)
  const segments = useGet<Segments>('/segments')
  const ask = useChangeOf<{ customers: number }>(['/surveys'], ({ customers }) => {
    toast.done(t('sv.asking', { customers: number(customers) }))
    onClose()
  })
  return (
    <Modal
      open
      title={t('sv.ask-customers')}
      okText={t('sv.ask-customers')}
      cancelText={t('gb.cancel')}
      okButtonProps={{ loading: ask.isPending }}
      onOk={() => ask.mutate({ method: 'POST', path: `/surveys/${surveyId}/ask`, body: { channel, segment, most } })}
      onCancel={onClose}
    >
      <div className="stack">
        <Field label={t('sv.by')}>
          {id => (
            <Select
              id={id}
              value={channel}
              onChange={(value: 'email' | 'sms') => setChannel(value)}
              options={[
                { value: 'email', label: t('sv.email') },
                { value: 'sms', label: t('sv.sms') },
              ]}
            />
          )}
        </Field>
        <Field label={t('sv.segment')}>
          {id => (
            <Select
              id={id}
              value={segment}
              onChange={setSegment}
              options={[
                { value: '', label: t('sv.everybody') },
                ...(segments.data?.rows.map(row => ({ value: row.id, label: say(row.name) })) ?? []),
              ]}
            />
          )}
        </Field>
        <Field label={t('sv.most')}>
          {id => <InputNumber id={id} min={1} max={100_000} value={most} onChange={value => setMost(value ?? 1)} />}
        </Field>
        <p className="note">{t('sv.ask-note')}</p>
        {ask.error ? <Callout tone="bad">{problem(ask.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
