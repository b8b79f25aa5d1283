import { useText } from '../../../i18n/use-text.ts'
import { Checkbox, Field, Input, Segmented, Select, TextAreaField, TextField } from '../../../kit/index.ts'
import { type Check, linesOf } from './rule-draft.ts'

interface CheckFormProps {
  check: Check
  fields: readonly string[]
  onChange: (check: Check) => void
}

/** The parameters of a check, by its kind. */
export function CheckForm({ check, fields, onChange }: CheckFormProps) {
  const { t, term } = useText()
  const number = (label: string, value: number | undefined, set: (value: number | undefined) => void) => (
    <Field label={label}>
      {id => (
        <Input
          id={id}
          type="number"
          value={value ?? ''}
          onChange={event => set(event.target.value === '' ? undefined : Number(event.target.value))}
        />
      )}
    </Field>
  )
  const choice = (
    label: string,
    value: string,
    options: readonly string[],
    kind: string,
    set: (value: string) => void,
  ) => (
    <Field label={label}>
      {id => (
        <Select
          id={id}
          value={value}
          onChange={set}
          options={options.map(option => ({ value: option, label: term(kind, option) }))}
        />
      )}
    </Field>
  )
  const list = (value: readonly string[] | undefined, set: (values: string[]) => void) => (
    <TextAreaField
      label={t('rules.param.values')}
      key={check.kind}
      rows={5}
      defaultValue={(value ?? []).join('\n')}
      onChange={value => set(linesOf(value))}
    />
  )
  switch (check.kind) {
    case 'filled':
      return (
        <Field label={t('rules.param.anyOf')}>
          {id => (
            <Select
              id={id}
              mode="multiple"
              allowClear
              value={check.anyOf ?? []}
              onChange={(anyOf: string[]) => onChange(anyOf.length > 0 ? { ...check, anyOf } : { kind: 'filled' })}
              options={fields.map(field => ({ value: field, label: term('field', field) }))}
            />
          )}
        </Field>
      )
    case 'phone':
      return choice(t('rules.param.type'), check.type ?? 'any', ['any', 'mobile', 'landline'], 'phone-type', type =>
        onChange({ ...check, type: type as 'any' }),
      )
    case 'checksum':
      return choice(t('rules.param.scheme'), check.scheme, ['resident-id', 'credit-code'], 'scheme', scheme =>
        onChange({ ...check, scheme: scheme as 'resident-id' }),
      )
    case 'agrees-with-id':
      return choice(t('rules.param.part'), check.part, ['birth_date', 'gender'], 'field', part =>
        onChange({ ...check, part: part as 'gender' }),
      )
    case 'not-before':
      return choice(t('rules.param.other'), check.other, ['created_at', 'birth_date', 'updated_at'], 'field', other =>
        onChange({ ...check, other: other as 'created_at' }),
      )
    case 'postcode':
      return (
        <Checkbox
          checked={check.division ?? false}
          onChange={event => onChange({ ...check, division: event.target.checked })}
        >
          {t('rules.param.division')}
        </Checkbox>
      )
    case 'age':
      return (
        <div className="fields">
          {number(t('rules.param.min'), check.min, min => onChange({ ...check, min: min ?? 0 }))}
          {number(t('rules.param.max'), check.max, max => onChange({ ...check, max: max ?? 110 }))}
        </div>
      )
    case 'range':
      return (
        <div className="fields">
          {number(t('rules.param.min'), check.min, min => onChange({ ...check, min }))}
          {number(t('rules.param.max'), check.max, max => onChange({ ...check, max }))}
        </div>
      )
    case 'length':
      return (
        <div className="fields">
          {number(t('rules.param.min'), check.min, min => onChange({ ...check, min: min ?? 0 }))}
          {number(t('rules.param.max'), check.max, max => onChange({ ...check, max: max ?? 100 }))}
        </div>
      )
    case 'date-range':
      return (
        <div className="fields">
          {(['from', 'to'] as const).map(end => (
            <Field key={end} label={t(`rules.param.${end}`)}>
              {id => (
                <Input
                  id={id}
                  type="date"
                  value={check[end] ?? ''}
                  onChange={event => onChange({ ...check, [end]: event.target.value || undefined })}
                />
              )}
            </Field>
          ))}
        </div>
      )
    case 'fresh':
      return number(t('rules.param.months'), check.months, months => onChange({ ...check, months: months ?? 36 }))
    case 'one-of':
      return list(check.values, values => onChange({ ...check, values }))
    case 'placeholder':
      return list(check.values, values => onChange({ ...check, values }))
    case 'pattern':
      return (
        <>
          <TextField
            label={t('rules.param.pattern')}
            className="mono"
            value={check.pattern}
            onChange={value => onChange({ ...check, pattern: value })}
          />
          <Segmented
            aria-label={t('rules.param.mode')}
            value={check.mode ?? 'must'}
            onChange={mode => onChange({ ...check, mode })}
            options={[
              { value: 'must' as const, label: t('rules.param.must') },
              { value: 'must-not' as const, label: t('rules.param.must-not') },
            ]}
          />
        </>
      )
    default:
      return null
  }
}
