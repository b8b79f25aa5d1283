import type { Model } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { type Column, DataTable } from '../../kit/index.ts'

type Decile = Model['deciles'][number]

/** Decile 0 is everybody. */
export function DecileTable({ deciles }: { deciles: Decile[] }) {
  const { t, number } = useText()
  const shown = (value: number): string => number(value, Math.abs(value) < 10 ? 2 : 0)
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
