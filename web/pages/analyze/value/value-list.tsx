import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Chip,
  type Column,
  DataTable,
  Meter,
  Pager,
  Panel,
  Segmented,
  useUrlState,
} from '../../../kit/index.ts'
import type { ValueCustomers, ValuePage } from './types.ts'
import { LIST_ID, useListFilter } from './use-list-filter.ts'
import { useMoneyRange } from './use-money-range.ts'

const LIMIT = 25
type Row = ValueCustomers['rows'][number]

/** The customers behind the figures above, page by page. */
export function ValueList({ page, months, segment }: { page: ValuePage; months: number; segment: string }) {
  const { t, number, percent } = useText()
  const { money, between } = useMoneyRange(page.currency)
  const navigate = useNavigate()
  const filter = useListFilter()
  const [order, setOrder] = useUrlState('order', 'value')
  // Another question starts on its first page.
  const asked = JSON.stringify([filter.query, order, months, segment])
  const [place, setPlace] = useState({ asked, offset: 0 })
  const offset = place.asked === asked ? place.offset : 0
  const list = useGet<ValueCustomers>('/value/customers', {
    query: { ...filter.query, segment, months, order, offset, limit: LIMIT },
    keep: true,
  })
  const columns: Column<Row>[] = [
    {
      id: 'name',
      title: t('customers.name'),
      cell: row => <Link to={`/customers/${row.customerId}?tab=value`}>{row.name || t('customer.nameless')}</Link>,
    },
    {
      id: 'alive',
      title: t('worth.p-alive'),
      right: true,
      cell: row => (
        <span className="row end nowrap-row">
          {percent(row.alive, 0)}
          <Meter share={row.alive} width={48} label={percent(row.alive, 0)} />
        </span>
      ),
    },
    { id: 'purchases', title: t('worth.purchases'), right: true, cell: row => number(row.purchases, 1) },
    {
      id: 'value',
      title: t('worth.value-of', { months }),
      right: true,
      cell: row => (
        <>
          <div className="strong">{money(row.minor)}</div>
          <div className="small muted">{between(row)}</div>
        </>
      ),
    },
    { id: 'lost', title: t('worth.at-risk'), right: true, cell: row => money(row.lostMinor) },
  ]
  return (
    <div id={LIST_ID}>
      <Panel
        title={t('worth.list')}
        note={list.data ? t('worth.list-note', { count: number(list.data.total) }) : null}
        extra={
          <span className="row">
            {filter.label ? (
              <>
                <Chip tone="accent">{filter.label}</Chip>
                <Button size="small" onClick={filter.clear}>
                  {t('worth.show-all')}
                </Button>
              </>
            ) : null}
            <Segmented
              size="small"
              aria-label={t('worth.order')}
              value={order}
              onChange={chosen => setOrder(String(chosen))}
              options={[
                { value: 'value', label: t('worth.by-value') },
                { value: 'lost', label: t('worth.by-risk') },
                { value: 'alive', label: t('worth.by-alive') },
              ]}
            />
          </span>
        }
        flush
      >
        <Async query={list} lines={8}>
          {data => (
            <>
              <DataTable
                columns={columns}
                rows={data.rows}
                rowId={row => row.customerId}
                onOpen={row => void navigate(`/customers/${row.customerId}?tab=value`)}
                empty={<Blank title={t('worth.nobody')} />}
              />
              <Pager
                offset={offset}
                limit={LIMIT}
                total={data.total}
                onMove={next => setPlace({ asked, offset: next })}
              />
            </>
          )}
        </Async>
      </Panel>
    </div>
  )
}
