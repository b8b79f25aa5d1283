import type { ScriptField } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Field, Input, Radio, Select } from '../../../kit/index.ts'

interface ScriptFieldProps {
  field: ScriptField
  value: string
  disabled: boolean
  onChange: (value: string) => void
}

/** One question of the script, as the kind of its answer wants it. */
export function ScriptFieldInput({ field, value, disabled, onChange }: ScriptFieldProps) {
  const { t } = useText()
  if (field.kind === 'consent')
    return (
      <div className="field">
        <span className="label">{field.label}</span>
        <Radio.Group
          aria-label={field.label}
          value={value}
          disabled={disabled}
          onChange={event => onChange(String(event.target.value))}
          options={[
            { value: 'granted', label: t('consent.granted') },
            { value: 'refused', label: t('consent.refused') },
          ]}
        />
      </div>
    )
  if (field.kind === 'choice')
    return (
      <div className="field">
        <span className="label">{field.label}</span>
        {field.options.length <= 4 ? (
          <Radio.Group
            aria-label={field.label}
            value={value}
            disabled={disabled}
            onChange={event => onChange(String(event.target.value))}
            options={field.options.map(option => ({ value: option, label: option }))}
          />
        ) : (
          <Select
            aria-label={field.label}
            value={value || null}
            disabled={disabled}
            onChange={choice => onChange(choice ?? '')}
            allowClear
            options={field.options.map(option => ({ value: option, label: option }))}
          />
        )}
      </div>
    )
  return (
    <Field label={field.label}>
      {id => (
        <Input
          id={id}
          type={field.kind === 'email' ? 'email' : field.kind === 'phone' ? 'tel' : 'text'}
          value={value}
          disabled={disabled}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
