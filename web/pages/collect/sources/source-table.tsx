import { Link, useNavigate } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { SourceList, SourceRow } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Chip, type Column, DataTable, Panel } from '../../../kit/index.ts'
import { LoadState } from './load-state.tsx'
import { useTimingWords } from './timing-words.ts'

/** Every source: what it holds, what came of it, when it is read. */
export function SourceTable({ onAdd }: { onAdd: () => void }) {
  const { t, term, number, instant } = useText()
  const may = useMay()
  const navigate = useNavigate()
  const timing = useTimingWords()
  const running = (list: SourceList | undefined) =>
    list?.rows.some(row => row.lastLoad?.state === 'running' || row.lastLoad?.state === 'waiting')
  const list = useGet<SourceList>('/sources', { every: data => (running(data) ? 1500 : false) })
  const columns: Column<SourceRow>[] = [
    {
      id: 'source',
      title: t('src.name'),
      cell: row => <Link to={`/sources/${row.source}`}>{term('source', row.source)}</Link>,
      by: row => row.source,
    },
    { id: 'kind', title: t('src.kind'), cell: row => term('src-kind', row.kind), by: row => row.kind },
    {
      id: 'file',
      title: t('src.file'),
      cell: row => (
        <span>
          <span className="break">{row.file}</span> <Chip>{row.importer}</Chip>
        </span>
      ),
      by: row => row.file,
    },
    {
      id: 'rows',
      title: t('src.rows'),
      right: true,
      cell: row => number(row.rowsIn),
      by: row => row.rowsIn,
    },
    {
      id: 'quarantined',
      title: t('src.quarantined'),
      right: true,
      cell: row =>
        row.quarantined > 0 ? (
          <Link
            className="warn"
            to={`/sources?tab=quarantine&source=${row.source}`}
            onClick={event => event.stopPropagation()}
          >
            {number(row.quarantined)}
          </Link>
        ) : (
          number(0)
        ),
      by: row => row.quarantined,
    },
    {
      id: 'last',
      title: t('src.last'),
      cell: row => (
        <span className="block">
          <span className="soft">{row.lastImport ? instant(row.lastImport) : t('src.never')}</span>
          {row.lastLoad ? <LoadState load={row.lastLoad} /> : null}
        </span>
      ),
      by: row => row.lastImport ?? '',
    },
    {
      id: 'schedule',
      title: t('src.schedule'),
      cell: row =>
        row.schedule ? (
          <span>
            {timing(row.schedule.timing)} {row.schedule.paused ? <Chip tone="warn">{t('sched.paused')}</Chip> : null}
          </span>
        ) : (
          <span className="muted">{row.inTurns ? t('src.by-turn') : '–'}</span>
        ),
    },
  ]
  return (
    <Panel flush>
      <Async query={list} lines={8}>
        {({ rows }) => (
          <DataTable
            columns={columns}
            rows={rows}
            rowId={row => row.source}
            onOpen={row => void navigate(`/sources/${row.source}`)}
            empty={
              <Blank
                title={t('src.none')}
                actions={may('collect.import') ? <Button onClick={onAdd}>{t('src.add')}</Button> : null}
              >
                {t('src.none-hint')}
              </Blank>
            }
          />
        )}
      </Async>
    </Panel>
  )
}
