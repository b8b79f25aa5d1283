import { Link } from 'react-router'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Panel } from '../../../kit/index.ts'
import type { OwnPreview } from './types.ts'

/** What the declaration came to on the newest turn. */
export function OwnTried({ tried }: { tried: OwnPreview }) {
  const { t, say, number, percent } = useText()
  return (
    <Panel title={t('own.tried', { rows: number(tried.rows), known: number(tried.known) })} note={say(tried.meaning)}>
      <div className="stack tight">
        {tried.warnings.map(warning => (
          <Callout key={warning.en} tone="warn">
            {say(warning)}
          </Callout>
        ))}
        {tried.quantiles.length > 0 && tried.known > 0 ? (
          <p className="small">
            {tried.quantiles
              .filter(({ at }) => [0.1, 0.5, 0.9, 0.99].includes(at))
              .map(({ at, value }) => `${percent(at, 0)}: ${value}`)
              .join(' · ')}{' '}
            <span className="muted">{say(tried.unit)}</span>
          </p>
        ) : null}
        {tried.quantiles.length === 0 ? (
          <p className="small">
            {tried.top.map(({ value, customers }) => `${value} (${number(customers)})`).join(' · ')}
          </p>
        ) : null}
        {tried.highest.length > 0 ? (
          <p className="small">
            {t('own.highest')}:{' '}
            {tried.highest.map((row, i) => (
              <span key={row.customerId}>
                {i > 0 ? ' · ' : ''}
                <Link to={`/customers/${row.customerId}`}>{row.customerId}</Link> {row.value}
              </span>
            ))}
          </p>
        ) : null}
        <code className="formula break">{tried.formula}</code>
      </div>
    </Panel>
  )
}
