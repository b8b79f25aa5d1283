import type { CampaignResult } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Callout, Chip, Panel } from '../../kit/index.ts'
import { Interval } from './interval.tsx'

/** Planned against control: the difference and how sure we are of it. */
export function ResultPicture({ result, currency }: { result: CampaignResult; currency: string }) {
  const { t, say, money, number, percent } = useText()
  return (
    <Panel
      title={t('result.title')}
      note={say(result.metric)}
      extra={result.isAA ? <Chip tone="accent">{t('result.aa')}</Chip> : null}
    >
      <div className="stack">
        {result.isAA ? <Callout title={say(result.label)}>{t('result.aa-words')}</Callout> : <p>{say(result.label)}</p>}
        <div className="result">
          <dl className="arms">
            <div>
              <dt>{t('result.planned')}</dt>
              <dd>{money(result.planned.mean, currency, { pennies: true })}</dd>
              <dd className="small muted">
                {t('result.arm', {
                  count: number(result.planned.customers),
                  total: money(result.planned.total, currency),
                })}
              </dd>
            </div>
            <div>
              <dt>{t('result.control')}</dt>
              <dd>{money(result.control.mean, currency, { pennies: true })}</dd>
              <dd className="small muted">
                {t('result.arm', {
                  count: number(result.control.customers),
                  total: money(result.control.total, currency),
                })}
              </dd>
            </div>
            <div>
              <dt>{t('result.difference')}</dt>
              <dd>{money(result.difference, currency, { pennies: true, sign: true })}</dd>
              <dd className="small muted">
                {t('result.error', { error: money(result.standardError, currency, { pennies: true }) })}
              </dd>
            </div>
            {result.returnOnInvestment === null ? null : (
              <div>
                <dt>{t('result.roi')}</dt>
                <dd>{percent(result.returnOnInvestment, 0)}</dd>
              </div>
            )}
          </dl>
          <Interval result={result} currency={currency} />
        </div>
        <Callout tone={result.withinError === result.isAA ? 'good' : 'warn'}>{say(result.verdict)}</Callout>
      </div>
    </Panel>
  )
}
