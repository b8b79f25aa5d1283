import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import type { FlaggedClusters } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Chip, type Column, DataTable, Pager, Panel, useUrlState } from '../../../kit/index.ts'

type Row = FlaggedClusters['rows'][number]
const SHOWN = 50

/** Customers that hang on one link, had to be cut, or grew large. */
export function Clusters() {
  const { t, number } = useText()
  const query = useGet<FlaggedClusters>('/identity/clusters')
  const [offset, setOffset] = useUrlState('from', '0')
  const columns: Column<Row>[] = [
    {
      id: 'customers',
      title: t('identity.customers'),
      cell: row => (
        <span className="stack tight">
          {row.customers.map(customer => (
            <Link key={customer.customerId} to={`/customers/${customer.customerId}?tab=records`}>
              {customer.name || t('customer.nameless')}{' '}
              <span className="small muted">
                {t('identity.of-customer', { id: customer.customerId, count: customer.records })}
              </span>
            </Link>
          ))}
        </span>
      ),
    },
    {
      id: 'why',
      title: t('identity.why-asked'),
      cell: row => t(`identity.reason-why.${row.reason}`, { count: row.records }),
    },
    {
      id: 'records',
      title: t('customers.records'),
      right: true,
      by: row => row.records,
      cell: row => number(row.records),
    },
    {
      id: 'state',
      title: t('identity.state'),
      cell: row =>
        row.decided ? (
          <Chip tone="good">{t('identity.decided')}</Chip>
        ) : (
          <Link to={`/identity?reason=${row.reason}`}>{t('identity.to-review')}</Link>
        ),
    },
  ]
  return (
    <Panel title={t('identity.clusters')} note={t('identity.clusters-note')} flush>
      <Async query={query} lines={10}>
        {({ rows }) => (
          <>
            <DataTable
              columns={columns}
              rows={rows.slice(Number(offset), Number(offset) + SHOWN)}
              rowId={row => row.rank}
              empty={<Blank title={t('identity.clusters-none')}>{t('identity.clusters-none-hint')}</Blank>}
            />
            <Pager offset={Number(offset)} limit={SHOWN} total={rows.length} onMove={to => setOffset(String(to))} />
          </>
        )}
      </Async>
    </Panel>
  )
}
