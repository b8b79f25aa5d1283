import { UndoOutlined } from '@ant-design/icons'
import type { Outcome } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Checkbox, Chip, InputNumber, Slider } from '../../../kit/index.ts'
import { limitAmount } from '../limit-amount.ts'

type Limit = Outcome['limits'][number]

interface LimitRowProps {
  /** As the plan has it, and as it is solved now. */
  limit: Limit
  now: Limit
  change: { max?: number | null | undefined; min?: number | undefined } | undefined
  currency: string
  onChange: (part: { max?: number | null; min?: number } | null) => void
}

/** One limit: slider and number for its maximum, a number for its minimum. Arrow keys move the slider. */
export function LimitRow({ limit, now, change, currency, onChange }: LimitRowProps) {
  const speech = useText()
  const { t, say, money } = speech
  // People write pounds, not pence.
  const scale = limit.unit === 'money' ? 100 : 1
  const max = change?.max === undefined ? limit.max : change.max
  const min = change?.min ?? limit.min
  const top = Math.max(10, 2 * (limit.max ?? Math.max(limit.used, 50)), max ?? 0) / scale
  const label = say(limit.name)
  return (
    <li className={change ? 'limit-row changed' : 'limit-row'}>
      <div className="row apart">
        <span className="strong">{label}</span>
        <span className="row tight nowrap-row">
          {now.binds ? (
            <Chip tone="warn">
              {limit.unit === 'money'
                ? t('scenarios.worth-money', { value: money(now.price * 100, currency) })
                : t('scenarios.worth', { value: money(now.price, currency) })}
            </Chip>
          ) : null}
          <span className="small muted">
            {t('scenarios.used', { used: limitAmount(speech, limit.unit, currency, now.used) })}
          </span>
          <Button
            size="small"
            type="text"
            icon={<UndoOutlined />}
            disabled={!change}
            aria-label={t('scenarios.undo-limit', { limit: label })}
            onClick={() => onChange(null)}
          />
        </span>
      </div>
      <div className="limit-controls">
        <Slider
          min={0}
          max={top}
          step={top > 2000 ? Math.round(top / 200) : 1}
          value={(max ?? top * scale) / scale}
          disabled={max === null}
          tooltip={{ open: false }}
          aria-label={t('scenarios.max-of', { limit: label })}
          onChange={value => onChange({ max: Math.round(value * scale) })}
        />
        <InputNumber
          size="small"
          min={0}
          value={max === null ? null : max / scale}
          disabled={max === null}
          aria-label={t('scenarios.max-of', { limit: label })}
          onChange={value => (value === null ? undefined : onChange({ max: Math.round(Number(value) * scale) }))}
        />
        {limit.id.startsWith('offer:') || limit.id.startsWith('quota:') ? (
          <>
            <Checkbox
              checked={max === null}
              onChange={event => onChange({ max: event.target.checked ? null : Math.max(limit.used, min) })}
            >
              {t('policy.unlimited')}
            </Checkbox>
            <InputNumber
              size="small"
              min={0}
              prefix={t('scenarios.at-least')}
              value={min / scale}
              aria-label={t('scenarios.min-of', { limit: label })}
              onChange={value => (value === null ? undefined : onChange({ min: Math.round(Number(value) * scale) }))}
            />
          </>
        ) : null}
      </div>
    </li>
  )
}
