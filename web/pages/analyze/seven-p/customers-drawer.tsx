import { useState } from 'react'
import { Link } from 'react-router'
import type { Query } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, type Column, DataTable, Drawer, Pager } from '../../../kit/index.ts'
import { ExportMenu } from './export-menu.tsx'
import type { CustomersBehind } from './types.ts'

interface DrawerProps {
  behind: { who: string; name: string } | null
  query: Query
  onClose: () => void
}

/** Who is behind a figure; each customer's page shows the rows they were read from. */
export function CustomersDrawer({ behind, query, onClose }: DrawerProps) {
  return (
    <Drawer open={behind !== null} onClose={onClose} size={1060} title={behind?.name} destroyOnHidden>
      {behind ? <List key={behind.who} who={behind.who} query={query} /> : null}
    </Drawer>
  )
}

const LIMIT = 50

function List({ who, query }: { who: string; query: Query }) {
  const { t, say, money, percent, day, number } = useText()
  const [offset, setOffset] = useState(0)
  const asked = {
    segment: query['segment'],
    country: query['country'],
    province: query['province'],
    from: query['from'],
    to: query['to'],
    who,
  }
  const list = useGet<CustomersBehind>('/insight/customers', { query: { ...asked, offset, limit: LIMIT }, keep: true })
  const columns = (currency: string): Column<CustomersBehind['rows'][number]>[] => [
    {
      id: 'name',
      title: t('customers.name'),
      cell: row => <Link to={`/customers/${row.customerId}`}>{row.name || t('customer.nameless')}</Link>,
    },
    { id: 'mobile', title: t('seven.mobile'), cell: row => row.mobile },
    { id: 'segment', title: t('seven.segment'), cell: row => say(row.segment) },
    { id: 'place', title: t('seven.place'), cell: row => say(row.place) },
    { id: 'value', title: t('insight.value'), right: true, cell: row => money(row.valueMinor, currency) },
    { id: 'margin', title: t('seven.margin-year'), right: true, cell: row => money(row.marginMinor, currency) },
    { id: 'churn', title: t('insight.churn'), right: true, cell: row => percent(row.churn, 0) },
    {
      id: 'last',
      title: t('segments.last-purchase'),
      right: true,
      cell: row => (row.lastPurchase ? day(row.lastPurchase) : '–'),
    },
  ]
  return (
    <Async query={list} lines={10}>
      {data => (
        <div className="stack">
          <div className="row spread">
            <p className="soft">
              {say(data.who)} · {t('seven.count', { count: data.total, shown: number(data.total) })}
            </p>
            {data.total > 0 ? <ExportMenu path="/insight/customers/export" query={asked} small /> : null}
          </div>
          <DataTable
            columns={columns(data.currency)}
            rows={data.rows}
            rowId={row => row.customerId}
            empty={<Blank title={t('seven.nobody')} />}
          />
          <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
        </div>
      )}
    </Async>
  )
}
