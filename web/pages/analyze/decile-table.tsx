import type { Model } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { type Column, DataTable } from '../../kit/index.ts'

type Decile = Model['deciles'][number]

/** Decile 0 is everybody. */
export function DecileTable({ deciles, currency }: { deciles: Decile[]; currency: string | null }) {
  const { t, number, money } = useText()
  const whole = deciles.every(row =>
    [row.expected, row.actual, row.baseline].every(value => Math.abs(value) >= 10 || Number.isInteger(value)),
  )
  const shown = (value: number): string =>
    currency ? money(value, currency, { pennies: false }) : number(value, whole || Math.abs(value) >= 100 ? 0 : 1)
  const columns: Column<Decile>[] = [
    { id: 'decile', title: t('models.decile'), cell: row => (row.decile === 0 ? t('models.all') : row.decile) },
    { id: 'customers', title: t('segments.customers'), right: true, cell: row => number(row.customers) },
    { id: 'expected', title: t('models.expected'), right: true, cell: row => shown(row.expected) },
    { id: 'actual', title: t('models.actual'), right: true, cell: row => shown(row.actual) },
    {
      id: 'baseline',
      title: t('models.baseline'),
      right: true,
      cell: row => <span className="muted">{shown(row.baseline)}</span>,
    },
  ]
  const rows = deciles.toSorted((a, b) => (a.decile === 0 ? 1 : b.decile === 0 ? -1 : a.decile - b.decile))
  return <DataTable columns={columns} rows={rows} rowId={row => row.decile} wide />
}
