import type { CustomerPlan } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Chip } from '../../kit/index.ts'

interface WeighedProps {
  options: CustomerPlan['options']
  shut: CustomerPlan['shut']
  currency: string
}

/** Every option the customer had, with what each lost by; and the rule that shut each other one out. Folded: it is long. */
export function WeighedOptions({ options, shut, currency }: WeighedProps) {
  const { t, say, term, money } = useText()
  if (options.length === 0 && shut.length === 0) return null
  const key = (row: { offer: string; channel: string; wave: number }) => `${row.offer} ${row.channel} ${row.wave}`
  return (
    <details>
      <summary className="small">{t('customer-plan.weighed', { options: options.length, shut: shut.length })}</summary>
      <ul className="plain stack tight weighed">
        {options.map(row => (
          <li key={key(row)}>
            <span className="row tight">
              <span className={row.chosen ? 'strong' : ''}>{say(row.name)}</span>
              <Chip tone={row.chosen ? 'good' : 'plain'}>{term('channel', row.channel)}</Chip>
              <span className="small muted">
                {t('customer-plan.worth', {
                  value: money(row.valueMinor, currency, { pennies: true }),
                  reduced: money(row.reducedMinor, currency, { pennies: true }),
                })}
                {row.basis === 'prior' ? ` · ${t('customer-plan.prior')}` : ''}
              </span>
            </span>
            <div className="small soft">{say(row.why)}</div>
          </li>
        ))}
        {shut.map(row => (
          <li key={`shut ${key(row)}`}>
            <span className="row tight">
              <span className="muted">{say(row.name)}</span>
              <Chip tone="outline">{term('channel', row.channel)}</Chip>
            </span>
            <div className="small soft">{say(row.why)}</div>
          </li>
        ))}
      </ul>
    </details>
  )
}
