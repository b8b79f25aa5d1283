import { useMutation, useQueryClient } from '@tanstack/react-query'
import { send } from '../../api/client.ts'
import { useGet } from '../../api/queries.ts'
import { useMay } from '../../api/session.ts'
import type { AnswerBody, AnswerResult, CommunicationList, CustomerDetail } from '../../api/types.ts'
import { uuid } from '../../api/uuid.ts'
import { useText } from '../../i18n/use-text.ts'
import {
  Button,
  Callout,
  Drawer,
  Field,
  Input,
  modKey,
  Segmented,
  Select,
  TextAreaField,
  useDraft,
  useHotkeys,
  useProblem,
  useToast,
} from '../../kit/index.ts'
import { type AnswerDraft, answerFields, answerOf, type ConsentChoice, channels } from './answer-draft.ts'

const empty = (): AnswerDraft => ({ id: uuid(), fields: {}, consents: {}, note: '', communicationId: '' })

/** What the customer told us: an event at once, the golden record at the next turn. */
export function AnswerForm({ customer, onClose }: { customer: CustomerDetail; onClose: () => void }) {
  const { t, term, day } = useText()
  const toast = useToast()
  const problem = useProblem()
  const may = useMay()
  const client = useQueryClient()
  const id = customer.customerId
  const [draft, change, drop] = useDraft(`answer.${id}`, empty)
  const about = useGet<CommunicationList>(`/customers/${id}/communications`, { enabled: may('communications.read') })
  const known = Object.fromEntries(
    customer.fields
      .filter(field => !field.masked)
      .map(field => [field.field === 'name' ? 'full_name' : field.field, field.value]),
  )
  const body = answerOf(draft, known)
  const save = useMutation({
    mutationFn: (answer: AnswerBody) => send<AnswerResult>('POST', `/customers/${id}/answers`, answer),
    onSuccess: async answer => {
      drop()
      onClose()
      toast.done(t('answer.saved', { count: answer.accepted.length }))
      await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith(`/customers/${id}`) })
    },
  })
  const submit = (): void => {
    if (body && !save.isPending) save.mutate(body)
  }
  useHotkeys({ 'mod+Enter': submit })
  return (
    <Drawer
      open
      onClose={onClose}
      size={520}
      title={t('answer.title', { name: customer.name })}
      footer={
        <div className="row end">
          <span className="small muted grow">{t('answer.kept')}</span>
          <Button onClick={onClose}>{t('action.close')}</Button>
          <Button type="primary" disabled={!body} loading={save.isPending} onClick={submit}>
            {t('answer.save')} <kbd className="in-button">{modKey} ↵</kbd>
          </Button>
        </div>
      }
    >
      <div className="stack">
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        <p className="soft">{t('answer.lead')}</p>
        <div className="fields">
          {answerFields.map(field => (
            <Field key={field} label={term('field', field)}>
              {id => (
                <Input
                  id={id}
                  name={field}
                  value={draft.fields[field] ?? ''}
                  placeholder={known[field] ?? ''}
                  onChange={event => change({ fields: { ...draft.fields, [field]: event.target.value } })}
                />
              )}
            </Field>
          ))}
        </div>
        <div className="stack tight">
          <div className="strong">{t('consent.title')}</div>
          {channels.map(channel => (
            <div key={channel} className="row apart">
              <span>{term('channel', channel)}</span>
              <Segmented<ConsentChoice>
                value={draft.consents[channel] ?? 'same'}
                onChange={value => change({ consents: { ...draft.consents, [channel]: value } })}
                options={[
                  { value: 'same', label: t('consent.same') },
                  { value: 'granted', label: t('consent.granted') },
                  { value: 'refused', label: t('consent.refused') },
                ]}
              />
            </div>
          ))}
        </div>
        {about.data && about.data.rows.length > 0 ? (
          <Field label={t('answer.about')}>
            {id => (
              <Select
                id={id}
                value={draft.communicationId}
                onChange={value => change({ communicationId: value })}
                options={[
                  { value: '', label: t('answer.about-nothing') },
                  ...about.data.rows.map(row => ({
                    value: row.communicationId,
                    label: `${term('comm-kind', row.kind)} · ${day(row.composedAt)}${row.subject ? ` · ${row.subject}` : ''}`,
                  })),
                ]}
              />
            )}
          </Field>
        ) : null}
        <TextAreaField
          label={t('answer.note')}
          name="note"
          rows={4}
          maxLength={2000}
          value={draft.note}
          placeholder={t('answer.note-hint')}
          onChange={value => change({ note: value })}
        />
      </div>
    </Drawer>
  )
}
