import { useGet } from '../../api/queries.ts'
import type { ImportList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, type Column, DataTable, Panel } from '../../kit/index.ts'

type Row = ImportList['rows'][number]

/** Every file that was taken in; rows in = stored + duplicates + quarantined. */
export function Imports() {
  const { t, term, number, instant } = useText()
  const imports = useGet<ImportList>('/imports')
  const sum = (rows: Row[], of: (row: Row) => number): string => number(rows.reduce((total, row) => total + of(row), 0))
  const columnsOf = (rows: Row[]): Column<Row>[] => [
    {
      id: 'file',
      title: t('imports.file'),
      cell: row => <span className="break">{row.file}</span>,
      foot: t('imports.total'),
      by: row => row.file,
    },
    { id: 'source', title: t('quality.source'), cell: row => term('source', row.source), by: row => row.source },
    {
      id: 'rowsIn',
      title: t('figure.rowsIn'),
      right: true,
      cell: row => number(row.rowsIn),
      by: row => row.rowsIn,
      foot: sum(rows, row => row.rowsIn),
    },
    {
      id: 'stored',
      title: t('figure.stored'),
      right: true,
      cell: row => number(row.stored),
      by: row => row.stored,
      foot: sum(rows, row => row.stored),
    },
    {
      id: 'duplicates',
      title: t('figure.duplicates'),
      right: true,
      cell: row => number(row.duplicates),
      by: row => row.duplicates,
      foot: sum(rows, row => row.duplicates),
    },
    {
      id: 'quarantined',
      title: t('figure.quarantined'),
      right: true,
      cell: row => <span className={row.quarantined > 0 ? 'warn' : ''}>{number(row.quarantined)}</span>,
      by: row => row.quarantined,
      foot: sum(rows, row => row.quarantined),
    },
    {
      id: 'mended',
      title: t('imports.mended'),
      right: true,
      cell: row => number(row.mended),
      by: row => row.mended,
      foot: sum(rows, row => row.mended),
    },
    {
      id: 'at',
      title: t('imports.at'),
      right: true,
      cell: row => <span className="soft">{instant(row.committedAt)}</span>,
      by: row => row.committedAt,
    },
  ]
  return (
    <Panel title={t('quality.imports')} note={t('imports.note')} flush>
      <Async query={imports} lines={6}>
        {({ rows }) => (
          <DataTable
            columns={columnsOf(rows)}
            rows={rows}
            rowId={row => row.importId}
            empty={<Blank title={t('imports.none')} />}
          />
        )}
      </Async>
    </Panel>
  )
}
