import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Chip, Input, Panel, Radio, Select } from '../../../kit/index.ts'
import type { TaskDraft } from './task-draft.ts'
import { withKeyAnswer } from './task-draft.ts'
import type { KeyField, KeyFieldList } from './types.ts'

interface KeyFieldsProps {
  customerId: number
  draft: TaskDraft
  change: (part: Partial<TaskDraft>) => void
  active: boolean
}

/** What would tell most, asked first; at most three, and only what we do not know. */
export function KeyFields({ customerId, draft, change, active }: KeyFieldsProps) {
  const { t, say, number } = useText()
  const fields = useGet<KeyFieldList>(`/desk/customers/${customerId}/key-fields`)
  if (!fields.data || fields.data.rows.length === 0) return null
  return (
    <Panel title={t('key.title')} note={t('key.note')}>
      <ul className="key-fields">
        {fields.data.rows.map(field => {
          const declined = draft.answers[`key.${field.writesTo}`] === 'declined'
          return (
            <li key={field.field}>
              <div className="say">{say(field.question)}</div>
              <div className="small muted">
                {t('key.why', { why: say(field.why) })}{' '}
                <Chip title={t('key.bits')}>{t('key.bits-short', { bits: number(field.bits, 2) })}</Chip>
              </div>
              <div className="row">
                <Answer
                  field={field}
                  disabled={!active || declined}
                  value={(field.golden ? draft.fields : draft.attributes)[field.writesTo] ?? ''}
                  onChange={value => change(withKeyAnswer(draft, field, value))}
                />
                <Button
                  size="small"
                  type={declined ? 'primary' : 'text'}
                  disabled={!active}
                  onClick={() => change(withKeyAnswer(draft, field, declined ? '' : null))}
                >
                  {t('key.declined')}
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

interface AnswerProps {
  field: KeyField
  value: string
  disabled: boolean
  onChange: (value: string) => void
}

function Answer({ field, value, disabled, onChange }: AnswerProps) {
  const { say } = useText()
  const label = say(field.name)
  if (field.options.length > 6)
    return (
      <Select
        aria-label={label}
        style={{ minWidth: 120 }}
        value={value || null}
        disabled={disabled}
        allowClear
        onChange={choice => onChange(choice ?? '')}
        options={field.options.map(option => ({ value: option.value, label: say(option.label) }))}
      />
    )
  if (field.options.length > 0)
    return (
      <Radio.Group
        aria-label={label}
        value={value}
        disabled={disabled}
        onChange={event => onChange(String(event.target.value))}
        options={field.options.map(option => ({ value: option.value, label: say(option.label) }))}
      />
    )
  return (
    <Input
      aria-label={label}
      style={{ maxWidth: 220 }}
      type={field.kind === 'date' ? 'date' : 'text'}
      value={value}
      disabled={disabled}
      onChange={event => onChange(event.target.value)}
    />
  )
}
