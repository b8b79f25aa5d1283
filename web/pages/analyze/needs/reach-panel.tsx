import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { NeedReach } from '../../../api/products.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, type Column, DataTable, Figures, Meter, Panel } from '../../../kit/index.ts'
import { ProductLink } from '../products/product-link.tsx'

/** Whom the rule as it stands would reach today. */
export function ReachPanel({ reach, asked }: { reach: UseQueryResult<NeedReach, Error>; asked: boolean }) {
  const { t } = useText()
  return (
    <Panel title={t('needs.reach')} note={t('needs.reach-note')} className="reach-panel">
      {asked ? (
        <Async query={reach} lines={6}>
          {data => <Reached reach={data} />}
        </Async>
      ) : (
        <Blank title={t('needs.reach-none')}>{t('needs.reach-none-hint')}</Blank>
      )}
    </Panel>
  )
}

function Reached({ reach }: { reach: NeedReach }) {
  const { t, say, number, percent } = useText()
  const most = Math.max(1, ...reach.bySegment.map(row => row.customers))
  const sample: Column<NeedReach['sample'][number]>[] = [
    {
      id: 'name',
      title: t('customers.name'),
      cell: row => <Link to={`/customers/${row.customerId}`}>{row.name || t('customer.nameless')}</Link>,
    },
    { id: 'segment', title: t('insight.segment'), cell: row => say(row.segment) },
    { id: 'product', title: t('needs.first'), cell: row => <ProductLink {...row.product} /> },
  ]
  return (
    <div className="stack" aria-live="polite">
      <p className="rule">{say(reach.words)}</p>
      <Figures
        items={[
          {
            id: 'reached',
            label: t('needs.reached'),
            value: number(reach.reached),
            note: percent(reach.customers > 0 ? reach.reached / reach.customers : 0, 1),
          },
          { id: 'gained', label: t('needs.gained'), value: number(reach.gained), note: t('needs.against') },
          { id: 'lost', label: t('needs.lost'), value: number(reach.lost), note: t('needs.against') },
        ]}
      />
      <ul className="plain stack tight">
        {reach.bySegment.slice(0, 8).map(row => (
          <li key={row.segment} className="row apart">
            <span>{say(row.name)}</span>
            <span className="row nowrap-row">
              {number(row.customers)}
              <Meter share={row.customers / most} width={72} label={number(row.customers)} />
            </span>
          </li>
        ))}
      </ul>
      {reach.sample.length > 0 ? (
        <div>
          <h3 className="small muted">{t('needs.some')}</h3>
          <DataTable columns={sample} rows={reach.sample} rowId={row => row.customerId} />
        </div>
      ) : null}
    </div>
  )
}
