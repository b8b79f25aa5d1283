import { Link } from 'react-router'
import type { CustomerNext } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Meter } from '../../../kit/index.ts'
import { ProductLink } from './product-link.tsx'

type Row = CustomerNext['rows'][number]
const KINDS = ['repeat', 'explore', 'need'] as const

/** What this customer may want next: what they come back for, what is new to them, what their life asks for. */
export function CustomerNextProducts({ id }: { id: number }) {
  const { t } = useText()
  const next = useGet<CustomerNext>(`/customers/${id}/next-products`)
  return (
    <Async query={next}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Blank title={t('insight.no-next')} />
        ) : (
          <div className="stack">
            {KINDS.map(kind => {
              const own = rows.filter(row => row.kind === kind)
              return own.length > 0 ? <Group key={kind} kind={kind} rows={own} /> : null
            })}
          </div>
        )
      }
    </Async>
  )
}

function Group({ kind, rows }: { kind: (typeof KINDS)[number]; rows: readonly Row[] }) {
  const { t } = useText()
  const best = Math.max(...rows.map(row => row.score), 1e-9)
  return (
    <section>
      <h3 className="small muted">{t(`next.${kind}`)}</h3>
      <ol className="next-products">
        {rows.map(row => (
          <li key={row.code}>
            <div className="grow">
              <ProductLink {...row} />
              <Why row={row} />
            </div>
            <Meter share={row.score / best} width={56} label={t('insight.score')} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Why({ row }: { row: Row }) {
  const { t, say, percent } = useText()
  if (row.need)
    return (
      <div className="small muted wrap">
        <Link to={`/needs/${row.need.code}`}>{say(row.need.name)}</Link>
        {`: ${say(row.need.rule)} → ${say(row.need.reason)} (${t('needs.version', { version: row.need.version })})`}
      </div>
    )
  if (row.because.length === 0) return <div className="small muted mono">{row.code}</div>
  return (
    <div className="small muted wrap">
      {t('next.because', {
        products: row.because.map(item => `${say(item.name)} (${percent(item.share, 0)})`).join(' · '),
      })}
    </div>
  )
}
