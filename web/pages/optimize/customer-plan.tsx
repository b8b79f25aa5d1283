import { useGet } from '../../api/queries.ts'
import type { CustomerPlan } from '../../api/types.ts'
import { useCurrency } from '../../api/use-currency.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Callout, Chip, Panel } from '../../kit/index.ts'
import { WeighedOptions } from './weighed-options.tsx'

/** What the plan chose for this customer, and why; or why nothing. */
export function CustomerPlanView({ id }: { id: number }) {
  const { t, say, term, money, percent } = useText()
  const plan = useGet<CustomerPlan>(`/customers/${id}/plan`)
  const currency = useCurrency()
  return (
    <Panel
      title={t('customer-plan.title')}
      extra={plan.data?.control ? <Chip tone="warn">{t('customer-plan.control')}</Chip> : null}
    >
      <Async query={plan}>
        {data => (
          <div className="stack tight">
            {data.assignments.map(choice => (
              <div key={`${choice.offer} ${choice.channel}`} className="choice">
                <div className="row">
                  <span className="strong">{say(choice.name)}</span>
                  <Chip tone="accent">{term('channel', choice.channel)}</Chip>
                  <span className="small muted">
                    {t('customer-plan.figures', {
                      value: money(choice.valueMinor, currency),
                      acceptance: percent(choice.acceptance),
                      cost: money(choice.costMinor, currency),
                    })}
                  </span>
                </div>
                <p className="soft">{say(choice.why)}</p>
              </div>
            ))}
            {data.whyNot ? (
              <Callout title={data.assignments.length === 0 ? t('customer-plan.nothing') : undefined}>
                {say(data.whyNot)}
              </Callout>
            ) : null}
            <WeighedOptions options={data.options} shut={data.shut} currency={currency} />
            {data.assignments.length === 0 && !data.whyNot ? <Blank title={t('customer-plan.nothing')} /> : null}
          </div>
        )}
      </Async>
    </Panel>
  )
}
