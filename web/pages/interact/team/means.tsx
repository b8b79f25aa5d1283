import { useText } from '../../../i18n/use-text.ts'
import { type Column, DataTable, Panel } from '../../../kit/index.ts'
import type { MeanRow } from './types.ts'

/** Mean score of each agent; nothing before a call was scored. */
export function Means({ rows }: { rows: MeanRow[] }) {
  const { t, number } = useText()
  if (rows.length === 0) return null
  const columns: Column<MeanRow>[] = [
    {
      id: 'agent',
      title: t('tl.agent'),
      by: row => row.agent,
      cell: row => <span className="strong">{row.agent}</span>,
    },
    { id: 'n', title: t('tl.calls'), right: true, by: row => row.n, cell: row => number(row.n) },
    {
      id: 'mean',
      title: t('tl.mean'),
      right: true,
      by: row => row.mean,
      cell: row => (
        <>
          {number(row.mean, 2)}{' '}
          {row.low === null || row.high === null ? null : (
            <span className="muted">({t('tl.range', { low: number(row.low, 2), high: number(row.high, 2) })})</span>
          )}
        </>
      ),
    },
  ]
  return (
    <Panel title={t('tl.means')} note={t('tl.means-note')} flush>
      <DataTable caption={t('tl.means')} rows={rows} columns={columns} rowId={row => row.userId} />
    </Panel>
  )
}
