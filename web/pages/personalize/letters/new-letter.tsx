import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { LetterDetail, LetterTemplates } from '../../../api/letters.ts'
import { useGet } from '../../../api/queries.ts'
import type { CustomerList } from '../../../api/types.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Field, Modal, Select, useLater, useProblem } from '../../../kit/index.ts'

/** For whom and from what; `customer` is known where it is begun on a customer's page. */
export function NewLetter({ customer, onClose }: { customer?: number; onClose: () => void }) {
  const { t, say } = useText()
  const go = useNavigate()
  const problem = useProblem()
  const [who, setWho] = useState<number | undefined>(customer)
  const [typed, setTyped] = useState('')
  const [template, setTemplate] = useState<string>()
  const q = useLater(typed, 200)
  const found = useGet<CustomerList>('/customers', { query: { q, limit: 10 }, enabled: q.trim() !== '', keep: true })
  const templates = useGet<LetterTemplates>('/letters/templates')
  const rows = templates.data?.rows ?? []
  const chosen = template ?? rows[0]?.id
  const begin = useChangeOf<LetterDetail>(['/letters'], answer => void go(`/letters/${answer.letter.id}`))
  return (
    <Modal
      open
      title={t('letters.new')}
      okText={t('letters.begin')}
      cancelText={t('action.close')}
      okButtonProps={{ loading: begin.isPending, disabled: who === undefined || chosen === undefined }}
      onCancel={onClose}
      onOk={() => begin.mutate({ method: 'POST', path: '/letters', body: { customerId: who, template: chosen } })}
    >
      <div className="fields">
        {customer === undefined ? (
          <Field label={t('letters.customer')}>
            {id => (
              <Select
                id={id}
                showSearch
                autoFocus
                filterOption={false}
                placeholder={t('letters.customer-hint')}
                value={who}
                onChange={setWho}
                onSearch={setTyped}
                loading={found.isFetching}
                notFoundContent={null}
                options={(found.data?.rows ?? []).map(row => ({
                  value: row.customerId,
                  label: `${row.name} · ${row.customerId}`,
                }))}
                style={{ width: '100%' }}
              />
            )}
          </Field>
        ) : null}
        <Field label={t('letters.template')}>
          {id => (
            <Select
              id={id}
              value={chosen}
              onChange={setTemplate}
              options={rows.map(row => ({ value: row.id, label: say(row.title) }))}
              style={{ width: '100%' }}
            />
          )}
        </Field>
        {templates.data && rows.length === 0 ? <Callout tone="warn">{t('letters.no-template')}</Callout> : null}
        {begin.isError ? <Callout tone="bad">{problem(begin.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
