import { Link } from 'react-router'
import type { RepairPreview } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, type Column, DataTable } from '../../../kit/index.ts'

type Row = RepairPreview['sample'][number]

/** Row by row what was and what will be. */
export function ChangesTable({ rows }: { rows: Row[] }) {
  const { t, term } = useText()
  const columns: Column<Row>[] = [
    {
      id: 'row',
      title: t('quality.row'),
      cell: row =>
        row.customerId === null ? (
          <span className="mono">{row.rowKey}</span>
        ) : (
          <Link className="mono" to={`/customers/${row.customerId}`}>
            {row.rowKey}
          </Link>
        ),
    },
    {
      id: 'changes',
      title: `${t('repair.before')} → ${t('repair.after')}`,
      cell: row => (
        <div className="stack tight">
          {row.changes.map(change => (
            <div key={change.field} className="from-to break">
              <span className="small muted">{term('field', change.field)}</span>
              <del>{change.before || t('repair.empty')}</del>
              <span aria-hidden="true">→</span>
              <span className="strong">{change.after || t('repair.empty')}</span>
            </div>
          ))}
        </div>
      ),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={row => `${row.source} ${row.rowKey}`}
      empty={<Blank title={t('repair.nothing')} />}
      wide
    />
  )
}
