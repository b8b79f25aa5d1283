import type { QualityRow } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, Chip, type Column, DataTable, Meter, toneOf } from '../../kit/index.ts'
import { fieldName } from './quality/field-name.ts'

export function QualityRules({ rows, onOpen }: { rows: QualityRow[]; onOpen: (row: QualityRow) => void }) {
  const speech = useText()
  const { t, term, say, number, percent } = speech
  const share = (row: QualityRow): number => (row.checked > 0 ? row.failed / row.checked : 0)
  const columns: Column<QualityRow>[] = [
    {
      id: 'source',
      title: t('quality.source'),
      cell: row => term('source', row.source),
      by: row => term('source', row.source),
    },
    {
      id: 'field',
      title: t('quality.field'),
      cell: row => fieldName(speech, row.field),
      by: row => fieldName(speech, row.field),
    },
    { id: 'message', title: t('quality.rule'), cell: row => <span className="soft">{say(row.message)}</span> },
    {
      id: 'severity',
      title: t('quality.severity'),
      cell: row => <Chip tone={toneOf(row.severity)}>{term('severity', row.severity)}</Chip>,
      by: row => row.severity,
    },
    { id: 'owner', title: t('quality.owner'), cell: row => <span className="soft">{row.owner || '–'}</span> },
    {
      id: 'checked',
      title: t('quality.checked'),
      right: true,
      cell: row => number(row.checked),
      by: row => row.checked,
    },
    { id: 'failed', title: t('quality.failed'), right: true, cell: row => number(row.failed), by: row => row.failed },
    {
      id: 'share',
      title: t('quality.share'),
      right: true,
      width: 150,
      by: share,
      cell: row => (
        <span className="row end nowrap-row">
          {percent(share(row))}
          <Meter
            share={share(row)}
            width={56}
            tone={row.failed === 0 ? 'good' : row.severity === 'error' ? 'bad' : 'warn'}
            label={percent(share(row))}
          />
        </span>
      ),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={rows.toSorted((a, b) => share(b) - share(a))}
      rowId={row => `${row.source} ${row.rule}`}
      onOpen={onOpen}
      empty={<Blank title={t('quality.no-rules')} />}
    />
  )
}
