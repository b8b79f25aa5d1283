import { useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, type Column, DataTable, Pager, Panel, Segmented } from '../../../kit/index.ts'
import { LineageDrawer } from './lineage-drawer.tsx'
import type { FigureLineage } from './types.ts'

const LIMIT = 10

/** Customers with the highest or lowest values; each value leads to its rows. */
export function Extremes({ id, segment }: { id: string; segment?: string }) {
  const { t, say, number } = useText()
  const [order, setOrder] = useState<'high' | 'low'>('high')
  const [offset, setOffset] = useState(0)
  const [lineage, setLineage] = useState<number | null>(null)
  const figures = useGet<FigureLineage>(`/lineage/figures/${id}`, {
    query: { order, offset, limit: LIMIT, segment },
    keep: true,
  })
  const columns: Column<FigureLineage['rows'][number]>[] = [
    {
      id: 'customer',
      title: t('fcat.customer'),
      cell: row => <Link to={`/customers/${row.customerId}`}>{row.name || row.customerId}</Link>,
    },
    { id: 'segment', title: t('fcat.segment'), cell: row => <span className="soft">{row.segment}</span> },
    {
      id: 'value',
      title: t('fcat.value'),
      right: true,
      cell: row => (
        <Button type="link" size="small" onClick={() => setLineage(row.customerId)} title={t('lineage.title')}>
          {row.value}
        </Button>
      ),
    },
  ]
  const shown = (value: number | null, unit: string): string =>
    value === null ? '–' : number(unit === 'GBP' ? value / 100 : value, Math.abs(value) < 100 ? 2 : 0)
  return (
    <Panel
      title={t('fcat.extremes')}
      flush
      extra={
        <Segmented
          size="small"
          value={order}
          onChange={value => {
            setOffset(0)
            setOrder(value === 'low' ? 'low' : 'high')
          }}
          options={[
            { value: 'high', label: t('fcat.highest') },
            { value: 'low', label: t('fcat.lowest') },
          ]}
        />
      }
    >
      <Async query={figures} lines={5}>
        {data => (
          <>
            {data.sum === null ? null : (
              <p className="small soft" style={{ padding: '8px 16px 0' }}>
                {t('fcat.sum', {
                  sum: shown(data.sum, data.feature.unit.en),
                  mean: shown(data.mean, data.feature.unit.en),
                  known: number(data.known),
                  customers: number(data.customers),
                })}{' '}
                {say(data.feature.unit)}
              </p>
            )}
            <DataTable
              columns={columns}
              rows={data.rows}
              rowId={row => row.customerId}
              empty={<Blank title={t('fcat.nobody')} />}
            />
            <Pager offset={offset} limit={LIMIT} total={data.known} onMove={setOffset} />
          </>
        )}
      </Async>
      {lineage === null ? null : <LineageDrawer customerId={lineage} feature={id} onClose={() => setLineage(null)} />}
    </Panel>
  )
}
