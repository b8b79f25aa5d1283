import type { Condition, Criterion } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Input, InputNumber, Select } from '../../../../kit/index.ts'

interface ValueInputProps {
  criterion: Criterion
  condition: Condition
  locked: boolean
  onChange: (value: number | string | (number | string)[]) => void
}

/** People write money in pounds and shares in per cent; rules hold pence and shares of one. */
const scaleOf = (unit: string): number => (unit === 'money' ? 100 : unit === 'share' ? 0.01 : 1)

/** The value of a condition, by what the feature can be compared with. */
export function ValueInput({ criterion, condition, locked, onChange }: ValueInputProps) {
  const { t, term, say } = useText()
  if (!('value' in condition)) return null
  const { domain, unit, values } = criterion
  const label = t('seg.value-of', { feature: say(criterion.name) })
  if (domain.kind === 'number') {
    const scale = scaleOf(unit)
    const shown = (value: number | string) => Number((Number(value) / scale).toPrecision(12))
    const kept = (value: number) => {
      const exact = Number((value * scale).toPrecision(12))
      return domain.whole && unit === 'money' ? Math.round(exact) : exact
    }
    if (Array.isArray(condition.value))
      return (
        <Select
          mode="tags"
          size="small"
          className="value-input"
          aria-label={label}
          disabled={locked}
          value={condition.value.map(value => String(shown(value)))}
          onChange={(list: string[]) => {
            const numbers = list.map(Number).filter(Number.isFinite)
            if (numbers.length > 0) onChange(numbers.map(kept))
          }}
        />
      )
    return (
      <InputNumber
        size="small"
        className="value-input"
        aria-label={label}
        disabled={locked}
        value={shown(condition.value)}
        suffix={unit === 'share' ? '%' : unit === 'none' ? undefined : term('seg-unit', unit)}
        onChange={value => typeof value === 'number' && onChange(kept(value))}
      />
    )
  }
  if (domain.kind === 'date')
    return (
      <Input
        size="small"
        type="date"
        className="value-input"
        aria-label={label}
        disabled={locked}
        value={String(condition.value)}
        onChange={event => event.target.value && onChange(event.target.value)}
      />
    )
  const options = values.map(value => ({ value, label: value }))
  const free = domain.values === undefined
  if (Array.isArray(condition.value))
    return (
      <Select
        mode={free ? 'tags' : 'multiple'}
        size="small"
        className="value-input wide"
        aria-label={label}
        disabled={locked}
        value={condition.value.map(String)}
        options={options}
        onChange={(list: string[]) => list.length > 0 && onChange(list)}
      />
    )
  const one = String(condition.value)
  return (
    <Select
      size="small"
      className="value-input wide"
      aria-label={label}
      disabled={locked}
      {...(free ? { mode: 'tags' as const, maxCount: 2 } : { showSearch: true })}
      value={free ? [one] : one}
      options={options}
      onChange={(value: string | string[]) => {
        const newest = Array.isArray(value) ? value.at(-1) : value
        if (newest !== undefined) onChange(newest)
      }}
    />
  )
}
