import type { QualityReport } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { type Column, DataTable, Meter, Panel } from '../../../kit/index.ts'
import { fieldName } from './field-name.ts'
import { Sparkline } from './sparkline.tsx'

type Row = QualityReport['fields'][number]

/** A few weakest fields stand open; the rest would only be scrolled past. */
const SHOWN = 8

/** The weakest fields, and whether they get better. */
export function FieldScores({ fields }: { fields: Row[] }) {
  const speech = useText()
  const { t, term, number } = speech
  const rows = fields.toSorted((a, b) => a.score - b.score).slice(0, SHOWN)
  const columns: Column<Row>[] = [
    {
      id: 'field',
      title: t('quality.field'),
      cell: row => <span className="strong">{fieldName(speech, row.field)}</span>,
    },
    {
      id: 'source',
      title: t('quality.source'),
      cell: row => <span className="soft">{term('source', row.source)}</span>,
    },
    {
      id: 'score',
      title: t('quality.score-title'),
      right: true,
      width: 150,
      by: row => row.score,
      cell: row => (
        <span className="row end nowrap-row">
          {number(row.score, 1)}
          <Meter
            share={row.score / 100}
            width={56}
            tone={row.score >= 97 ? 'good' : row.score >= 90 ? 'warn' : 'bad'}
            label={t('quality.score', { score: number(row.score, 1) })}
          />
        </span>
      ),
    },
    {
      id: 'trend',
      title: t('quality.trend'),
      right: true,
      width: 130,
      cell: row => (
        <span className="row end">
          <Sparkline what={fieldName(speech, row.field)} points={row.history} />
        </span>
      ),
    },
  ]
  return (
    <Panel title={t('quality.fields')} note={t('quality.fields-note')} flush>
      <DataTable columns={columns} rows={rows} rowId={row => `${row.source} ${row.field}`} />
    </Panel>
  )
}
