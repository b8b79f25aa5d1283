import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import type { ActionResult, ChangePreview, CustomerDetail, CustomerList } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Drawer,
  Field,
  Input,
  useLater,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { ChangePreviewTable } from './change-preview.tsx'

interface MergeDialogProps {
  customer: CustomerDetail
  onClose: () => void
}

/** The other customer is searched, the result seen before anything is done; what is done can be undone. */
export function MergeDialog({ customer, onClose }: MergeDialogProps) {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [q, setQ] = useState(customer.name)
  const [other, setOther] = useState<number | null>(null)
  const [note, setNote] = useState('')
  const asked = useLater(q, 250)
  const found = useGet<CustomerList>('/customers', {
    query: { q: asked, limit: 20 },
    enabled: asked.trim() !== '',
    keep: true,
  })
  const keep = customer.customerId
  const preview = useGet<ChangePreview>('/identity/merge-preview', { query: { keep, other }, enabled: other !== null })
  const merge = useMutation({
    mutationFn: () => send<ActionResult>('POST', '/identity/merges', { keep, other, note }),
    onSuccess: async done => {
      onClose()
      toast.done(t('identity.merged', { action: done.actionId }))
      await client.invalidateQueries()
    },
  })
  return (
    <Drawer
      open
      onClose={onClose}
      size={640}
      title={t('identity.merge-title', { name: customer.name, id: keep })}
      footer={
        <div className="row end">
          <span className="small muted grow">{t('identity.can-undo')}</span>
          <Button onClick={onClose}>{t('action.close')}</Button>
          <Button
            type="primary"
            disabled={!preview.data || other === null}
            loading={merge.isPending}
            onClick={() => merge.mutate()}
          >
            {t('identity.merge')}
          </Button>
        </div>
      }
    >
      <div className="stack">
        {merge.error ? <Callout tone="bad">{problem(merge.error)}</Callout> : null}
        <Field label={t('identity.merge-with')}>
          {id => (
            <Input
              id={id}
              autoFocus
              value={q}
              placeholder={t('customers.search')}
              onChange={event => {
                setQ(event.target.value)
                setOther(null)
              }}
            />
          )}
        </Field>
        {other === null ? (
          <Async query={found} lines={6}>
            {({ rows }) => <Candidates rows={rows.filter(row => row.customerId !== keep)} onChoose={setOther} />}
          </Async>
        ) : (
          <>
            <Async query={preview} lines={8}>
              {data => <ChangePreviewTable preview={data} />}
            </Async>
            <Field label={t('identity.note')}>
              {id => <Input id={id} maxLength={2000} value={note} onChange={event => setNote(event.target.value)} />}
            </Field>
          </>
        )}
      </div>
    </Drawer>
  )
}

function Candidates({ rows, onChoose }: { rows: CustomerList['rows']; onChoose: (id: number) => void }) {
  const { t } = useText()
  if (rows.length === 0) return <Blank title={t('customers.nobody')}>{t('customers.nobody-hint')}</Blank>
  return (
    <ul className="choices">
      {rows.map(row => (
        <li key={row.customerId}>
          <button type="button" onClick={() => onChoose(row.customerId)}>
            <span className="strong">{row.name || t('customer.nameless')}</span>
            <span className="small muted">
              {[t('identity.of-customer', { id: row.customerId, count: row.records }), row.city, row.mobile, row.email]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
