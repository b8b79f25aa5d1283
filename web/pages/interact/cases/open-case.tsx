import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { uuid } from '../../../api/uuid.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Field, Input, Modal, Select, useProblem } from '../../../kit/index.ts'
import type { CaseSettings } from './types.ts'

type Kind = 'complaint' | 'request' | 'dispute'

interface OpenCaseProps {
  customerId?: number
  communicationId?: string
  onClose: (caseId: number | null) => void
}

/** What the customer said, written down. Sent twice after a break, it is one case. */
export function OpenCase({ customerId, communicationId, onClose }: OpenCaseProps) {
  const { t, say } = useText()
  const problem = useProblem()
  const [key] = useState(() => uuid())
  const [customer, setCustomer] = useState(customerId ? String(customerId) : '')
  const [kind, setKind] = useState<Kind>('complaint')
  const [category, setCategory] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const settings = useGet<CaseSettings>('/cases/settings')
  const open = useChangeOf<{ caseId: number }>(['/cases', '/customers'], ({ caseId }) => onClose(caseId))
  const possible = settings.data?.categories.filter(one => one.kind === kind) ?? []
  const ready = /^\d+$/.test(customer.trim()) && words.trim() !== ''
  return (
    <Modal
      open
      title={t('cs.open')}
      okText={t('cs.open')}
      cancelText={t('gb.cancel')}
      okButtonProps={{ disabled: !ready, loading: open.isPending }}
      onOk={() =>
        open.mutate({
          method: 'POST',
          path: '/cases',
          body: {
            customerId: Number(customer),
            kind,
            words,
            key,
            ...(category ? { category } : {}),
            ...(communicationId ? { communicationId } : {}),
          },
        })
      }
      onCancel={() => onClose(null)}
    >
      <div className="stack">
        {customerId ? null : (
          <Field label={t('cs.customer-number')}>
            {id => (
              <Input id={id} inputMode="numeric" value={customer} onChange={event => setCustomer(event.target.value)} />
            )}
          </Field>
        )}
        <Field label={t('cs.kind')}>
          {id => (
            <Select
              id={id}
              value={kind}
              onChange={(value: Kind) => {
                setKind(value)
                setCategory(null)
              }}
              options={(['complaint', 'request', 'dispute'] as const).map(value => ({
                value,
                label: t(`cs.kind.${value}`),
              }))}
            />
          )}
        </Field>
        <Field label={t('cs.category')}>
          {id => (
            <Select
              id={id}
              loading={settings.isPending}
              value={category ?? possible[0]?.code ?? null}
              onChange={setCategory}
              options={possible.map(one => ({ value: one.code, label: say(one.name) }))}
            />
          )}
        </Field>
        <Field label={t('cs.words')}>
          {id => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 4, maxRows: 12 }}
              maxLength={20_000}
              value={words}
              onChange={event => setWords(event.target.value)}
            />
          )}
        </Field>
        {open.error ? <Callout tone="bad">{problem(open.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
