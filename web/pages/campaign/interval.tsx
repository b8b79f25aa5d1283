import type { CampaignResult } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'

const WIDTH = 520
const MARGIN = 46

/** The 95 % interval of the difference on a line with zero on it. */
export function Interval({ result, currency }: { result: CampaignResult; currency: string }) {
  const { t, money } = useText()
  const reach = Math.max(Math.abs(result.low), Math.abs(result.high), Math.abs(result.difference), 1) * 1.15
  const x = (value: number): number => WIDTH / 2 + (value / reach) * (WIDTH / 2 - MARGIN)
  const shown = (value: number): string => money(value, currency, { pennies: true, sign: true })
  const colour = result.withinError ? 'var(--ink-2)' : 'var(--accent)'
  return (
    <svg
      viewBox={`0 0 ${WIDTH} 112`}
      className="interval"
      role="img"
      aria-label={t('result.interval', {
        low: shown(result.low),
        high: shown(result.high),
        difference: shown(result.difference),
      })}
    >
      <line x1={MARGIN / 2} x2={WIDTH - MARGIN / 2} y1="62" y2="62" stroke="var(--line-strong)" />
      <line x1={x(0)} x2={x(0)} y1="26" y2="84" stroke="var(--ink-3)" strokeDasharray="3 3" />
      <text x={x(0)} y="102" textAnchor="middle">
        {t('result.no-difference')}
      </text>
      <line
        x1={x(result.low)}
        x2={x(result.high)}
        y1="62"
        y2="62"
        stroke={colour}
        strokeWidth="6"
        strokeLinecap="round"
        opacity="0.45"
      />
      <circle cx={x(result.difference)} cy="62" r="7" fill={colour} />
      <text x={x(result.difference)} y="18" textAnchor="middle" className="strong-text">
        {shown(result.difference)}
      </text>
      <text x={x(result.low)} y="44" textAnchor="middle">
        {shown(result.low)}
      </text>
      <text x={x(result.high)} y="44" textAnchor="middle">
        {shown(result.high)}
      </text>
    </svg>
  )
}
