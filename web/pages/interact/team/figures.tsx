import { DownloadOutlined } from '@ant-design/icons'
import { useGet } from '../../../api/queries.ts'
import { saveFile } from '../../../api/save-file.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, type Column, DataTable, Panel, Select, useUrlState } from '../../../kit/index.ts'
import { PeriodFields, usePeriod } from './period.tsx'
import { useShareColumns } from './share-columns.tsx'
import type { FigureRow, TeamFigures } from './types.ts'

const GROUPINGS = ['day', 'agent', 'list', 'offer'] as const

/** What calls brought in a period, and the same as a file. */
export function FiguresTab() {
  const { t, say, day } = useText()
  const dates = usePeriod()
  const [by, setBy] = useUrlState('by', 'day')
  const period = { from: dates.from, to: dates.to, by }
  const query = useGet<TeamFigures>('/team/figures', { query: period, keep: true })
  const shares = useShareColumns<FigureRow>(row => row)
  const columns: Column<FigureRow>[] = [
    {
      id: 'name',
      title: t('tl.by'),
      by: row => (by === 'day' ? row.key : say(row.name)),
      cell: row => <span className="strong">{by === 'day' ? day(row.key) : say(row.name)}</span>,
    },
    ...shares,
  ]
  return (
    <Panel title={t('tl.figures')} note={t('tl.figures-note')} flush>
      <div className="toolbar inset">
        <PeriodFields {...dates} />
        <Select
          aria-label={t('tl.by')}
          value={by}
          onChange={setBy}
          options={GROUPINGS.map(value => ({ value, label: t(`tl.by.${value}`) }))}
        />
        {(['csv', 'xlsx'] as const).map(format => (
          <Button
            key={format}
            icon={<DownloadOutlined />}
            onClick={() => void saveFile('/team/figures/export', { ...period, format })}
          >
            {format.toUpperCase()}
          </Button>
        ))}
      </div>
      <Async query={query} lines={8}>
        {({ rows }) => (
          <DataTable
            caption={t('tl.figures')}
            rows={rows}
            columns={columns}
            rowId={row => row.key}
            empty={<Blank title={t('tl.no-calls')} />}
          />
        )}
      </Async>
    </Panel>
  )
}
