import type { NeedFeature } from '../../../api/products.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Input, InputNumber, Select } from '../../../kit/index.ts'
import { type Condition, conditionOn } from './draft-body.ts'

interface ConditionValueProps {
  condition: Condition
  feature: NeedFeature
  onChange: (condition: Condition) => void
}

/** What a feature is compared with: pounds and per cent as people write them, choices from what there is. */
export function ConditionValue({ condition, feature, onChange }: ConditionValueProps) {
  const { t, say } = useText()
  if (!('value' in condition)) return <span />
  const change = (value: unknown) => onChange(conditionOn(feature, condition.op, value))
  if (feature.kind === 'number' && !Array.isArray(condition.value))
    return (
      <InputNumber
        aria-label={t('needs.value')}
        value={Number(condition.value) / feature.scale}
        suffix={say(feature.unit)}
        onChange={value => change(Math.round(Number(value ?? 0) * feature.scale * 1e6) / 1e6)}
      />
    )
  if (feature.kind === 'date')
    return (
      <Input
        type="date"
        aria-label={t('needs.value')}
        value={String(condition.value)}
        onChange={event => change(event.target.value)}
      />
    )
  const options = feature.values.map(({ value, name }) => ({ value, label: say(name) }))
  if (Array.isArray(condition.value))
    return (
      <Select
        mode="tags"
        aria-label={t('needs.value')}
        value={condition.value.map(String)}
        options={options}
        onChange={value => change(value)}
      />
    )
  return (
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={t('needs.value')}
      value={String(condition.value)}
      options={options}
      onChange={value => change(value)}
    />
  )
}
