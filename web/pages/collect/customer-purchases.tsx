import { useState } from 'react'
import { useLoop } from '../../api/loop.ts'
import { useGet } from '../../api/queries.ts'
import type { PurchaseList, PurchaseRow } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Chip, type Column, DataTable, Pager, Panel, useUrlState } from '../../kit/index.ts'
import { PurchaseItems } from './purchase-items.tsx'
import { PurchaseMonths } from './purchase-months.tsx'

const LIMIT = 25

/** The invoices of a customer; `short` shows the last five only. */
export function CustomerPurchases({ id, short }: { id: number; short?: boolean }) {
  const { t, number, money } = useText()
  const [, setTab] = useUrlState('tab', 'overview')
  const [offset, setOffset] = useState(0)
  const purchases = useGet<PurchaseList>(`/customers/${id}/purchases`, {
    query: { offset, limit: short ? 5 : LIMIT },
    keep: true,
  })
  return (
    <Panel
      title={short ? t('purchases.last') : t('customer.purchases')}
      note={
        purchases.data
          ? t('purchases.total', {
              count: number(purchases.data.total),
              spent: money(purchases.data.spentMinor, purchases.data.currency),
            })
          : null
      }
      extra={
        short && purchases.data && purchases.data.total > 5 ? (
          <button type="button" className="link-button no-print" onClick={() => setTab('purchases')}>
            {t('action.show-all')}
          </button>
        ) : null
      }
      flush
    >
      <Async query={purchases} lines={5}>
        {data =>
          data.total === 0 ? (
            <Blank title={t('purchases.none')}>{t('purchases.none-hint')}</Blank>
          ) : (
            <>
              {short ? null : <PurchaseMonths id={id} currency={data.currency} />}
              <PurchaseTable rows={data.rows} currency={data.currency} />
              {short ? null : <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />}
            </>
          )
        }
      </Async>
    </Panel>
  )
}

function PurchaseTable({ rows, currency }: { rows: PurchaseRow[]; currency: string }) {
  const asOf = useLoop().data?.turn?.asOf
  const { t, day, number, money, say } = useText()
  const [open, setOpen] = useState<string | null>(null)
  const key = (row: PurchaseRow): string => `${row.invoice} ${row.soldAt}`
  const columns: Column<PurchaseRow>[] = [
    {
      id: 'day',
      title: t('purchases.day'),
      width: 110,
      cell: row => (
        <span className="nowrap">
          {day(row.soldAt)}
          {asOf && row.soldAt >= asOf ? (
            <span className="small muted block" title={t('purchases.later-words', { day: day(asOf) })}>
              {t('purchases.later')}
            </span>
          ) : null}
        </span>
      ),
    },
    {
      id: 'invoice',
      title: t('purchases.invoice'),
      width: 140,
      cell: row => (
        <span className="nowrap">
          {row.invoice} {row.isReturn ? <Chip tone="warn">{t('purchases.return')}</Chip> : null}
        </span>
      ),
    },
    {
      id: 'items',
      title: t('purchases.items'),
      cell: row =>
        open === key(row) ? (
          <PurchaseItems row={row} currency={currency} />
        ) : (
          <span className="soft clamp">{row.items.map(item => say(item.name)).join(' · ')}</span>
        ),
    },
    { id: 'lines', title: t('purchases.lines'), right: true, cell: row => number(row.lines) },
    {
      id: 'amount',
      title: t('purchases.amount'),
      right: true,
      cell: row => (
        <span className={row.amountMinor < 0 ? 'warn' : ''}>{money(row.amountMinor, currency, { pennies: true })}</span>
      ),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={key}
      chosen={open ?? undefined}
      onOpen={row => setOpen(open === key(row) ? null : key(row))}
    />
  )
}
