import type { MendPreview } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, type Column, DataTable } from '../../../kit/index.ts'

type Example = MendPreview['examples'][number]

/** What a mend would make of the first rows, and how many would come in. */
export function MendPreviewView({ preview }: { preview: MendPreview }) {
  const { t, say, number } = useText()
  const columns: Column<Example>[] = [
    { id: 'row', title: t('quarantine.row'), right: true, cell: row => number(row.rowNo) },
    { id: 'before', title: t('mend.before'), cell: row => <span className="mono">{row.before || '–'}</span> },
    { id: 'after', title: t('mend.after'), cell: row => <span className="mono">{row.after || '–'}</span> },
    {
      id: 'problem',
      title: '',
      cell: row =>
        row.problem ? (
          <span className="bad small">{say(row.problem)}</span>
        ) : (
          <span className="good small">{t('mend.would-pass')}</span>
        ),
    },
  ]
  return (
    <div className="stack tight">
      <Callout tone={preview.passing === preview.rows ? 'good' : preview.passing > 0 ? 'warn' : 'bad'}>
        {t('mend.passing', { passing: number(preview.passing), rows: number(preview.rows) })}
      </Callout>
      <DataTable columns={columns} rows={preview.examples} rowId={row => `${row.importId} ${row.rowNo}`} />
    </div>
  )
}
