import { useState } from 'react'
import { Link } from 'react-router'
import type { PlanCustomers } from '../../../api/planning.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, type Column, DataTable, Drawer, Pager } from '../../../kit/index.ts'
import type { HeatCell } from './heat-table.tsx'

type Row = PlanCustomers['rows'][number]
const LIMIT = 50

/** The customers behind a number of the map, best first. */
export function WhoDrawer({
  of,
  currency,
  cell,
  onClose,
}: {
  of: string
  currency: string
  cell: HeatCell
  onClose: () => void
}) {
  const { t, say, term, number, money } = useText()
  const [offset, setOffset] = useState(0)
  const { segment, offer, channel } = cell
  const people = useGet<PlanCustomers>('/plan/who/customers', {
    query: { of, segment, offer, channel, offset, limit: LIMIT },
    keep: true,
  })
  const columns: Column<Row>[] = [
    {
      id: 'customer',
      title: t('who.customer'),
      cell: row => (
        <Link to={`/customers/${row.customerId}`}>
          {row.name || number(row.customerId)} <span className="mono small muted">{row.customerId}</span>
        </Link>
      ),
    },
    { id: 'segment', title: t('segments.segment'), cell: row => say(row.segment) },
    { id: 'offer', title: t('plan.offer'), cell: row => say(row.offer) },
    { id: 'channel', title: t('policy.channel'), cell: row => term('channel', row.channel) },
    { id: 'value', title: t('plan.value'), right: true, cell: row => money(row.value, currency, { pennies: true }) },
  ]
  return (
    <Drawer
      open
      onClose={onClose}
      size={760}
      title={t('who.drawer', { what: cell.title, customers: number(cell.customers) })}
    >
      <Async query={people} lines={10}>
        {data => (
          <>
            <DataTable columns={columns} rows={data.rows} rowId={row => `${row.customerId} ${say(row.offer)}`} />
            <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
          </>
        )}
      </Async>
    </Drawer>
  )
}
