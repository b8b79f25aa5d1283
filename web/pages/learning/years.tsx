import type { LoopPage } from '../../api/learning.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, type Column, DataTable } from '../../kit/index.ts'
import { RangeBar } from './range-bar.tsx'

interface Row {
  id: string
  year: string
  name: string
  gain: number
  cost: number
  unmeasured: number
  net: number
  low: number
  high: number
  total: boolean
  rate: number | null
}

/** The return of each year by what it comes from, with its interval. */
export function Years({ years, currency }: { years: LoopPage['years']; currency: string }) {
  const { t, term, number, money, percent } = useText()
  const rows = years.flatMap(({ year, drivers, total, rate }): Row[] => [
    ...drivers.map(one => ({
      ...{ id: `${year}/${one.driver}`, year, name: term('driver', one.driver), total: false, rate: null },
      ...{ gain: one.gain, cost: one.cost, net: one.net, low: one.low, high: one.high, unmeasured: one.unmeasured },
    })),
    ...(drivers.length > 0
      ? [{ id: year, year, name: t('learned.together'), total: true, rate, unmeasured: 0, ...total }]
      : []),
  ])
  const open = years.filter(one => one.open.campaigns > 0)
  const [from, to] = [Math.min(0, ...rows.map(row => row.low)), Math.max(0, ...rows.map(row => row.high))]
  const range = (row: Row) =>
    row.low === row.high
      ? t('learned.fixed')
      : t('learned.net-range', { low: money(row.low, currency), high: money(row.high, currency) })
  const columns: Column<Row>[] = [
    { id: 'year', title: t('learned.year'), cell: row => row.year },
    {
      id: 'driver',
      title: t('learned.driver'),
      cell: row => (
        <>
          <span className={row.total ? 'strong' : undefined}>{row.name}</span>
          {row.unmeasured > 0 ? (
            <div className="small muted wrap">{t('learned.unmeasured', { count: number(row.unmeasured) })}</div>
          ) : null}
        </>
      ),
    },
    {
      id: 'gain',
      title: t('learned.gain'),
      right: true,
      cell: row => money(row.gain, currency, { sign: true }),
    },
    {
      id: 'cost',
      title: t('learned.cost'),
      right: true,
      cell: row => money(row.cost, currency),
    },
    {
      id: 'net',
      title: t('learned.net'),
      right: true,
      cell: row => (
        <span className={row.total ? 'strong' : undefined}>
          {money(row.net, currency, { sign: true })}
          {row.rate === null || (row.low < 0 && row.high > 0) ? null : (
            <div className="small muted">{`${t('learned.rate')} ${percent(row.rate, 0)}`}</div>
          )}
        </span>
      ),
    },
    {
      id: 'range',
      title: t('learned.range'),
      cell: row => (
        <>
          <RangeBar
            {...{ low: row.low, high: row.high, at: row.net, neutral: 0, from, to, label: range(row) }}
            tone={row.low > 0 ? 'good' : row.high < 0 ? 'bad' : 'plain'}
          />
          <div className="small muted nowrap">{range(row)}</div>
        </>
      ),
    },
  ]
  return (
    <>
      <DataTable
        columns={columns}
        rows={rows}
        rowId={row => row.id}
        empty={<Blank title={t('learned.no-years')}>{t('learned.no-years-hint')}</Blank>}
      />
      {open.map(one => (
        <p key={one.year} className="small muted table-foot">
          {t('learned.years-open', {
            year: one.year,
            campaigns: one.open.campaigns,
            cost: money(one.open.cost, currency),
          })}
        </p>
      ))}
    </>
  )
}
