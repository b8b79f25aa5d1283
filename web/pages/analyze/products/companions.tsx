import type { Companion } from '../../../api/products.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, type Column, DataTable } from '../../../kit/index.ts'
import { ProductLink } from './product-link.tsx'

/** What goes with a product: how many, of how many, how far above chance. */
export function Companions({ rows, counted }: { rows: readonly Companion[]; counted: string }) {
  const { t, number, percent } = useText()
  const columns: Column<Companion & { place: number }>[] = [
    { id: 'place', title: '', width: 28, cell: row => <span className="muted">{row.place}</span> },
    { id: 'name', title: t('products.product'), cell: row => <ProductLink {...row} /> },
    { id: 'count', title: counted, right: true, by: row => row.count, cell: row => number(row.count) },
    {
      id: 'confidence',
      title: t('products.of-these'),
      right: true,
      by: row => row.confidence,
      cell: row => percent(row.confidence, 0),
    },
    {
      id: 'lift',
      title: <span title={t('rules.shrunk-note')}>{t('rules.shrunk')}</span>,
      right: true,
      by: row => row.shrunkLift,
      cell: row => (
        <span title={t('products.raw-lift', { lift: number(row.lift, 1), q: row.qValue.toExponential(1) })}>
          {number(row.shrunkLift, 1)}
        </span>
      ),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={rows.map((row, k) => ({ ...row, place: k + 1 }))}
      rowId={row => row.code}
      empty={<Blank title={t('products.no-companions')} />}
    />
  )
}
