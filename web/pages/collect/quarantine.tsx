import { useState } from 'react'
import { useGet } from '../../api/queries.ts'
import type { QuarantineList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, type Column, DataTable, Pager, Panel } from '../../kit/index.ts'

const LIMIT = 50

/** Rows refused at import: which file, row and column, and why. */
export function Quarantine() {
  const { t, term, say, number } = useText()
  const [offset, setOffset] = useState(0)
  const list = useGet<QuarantineList>('/quarantine', { query: { offset, limit: LIMIT }, keep: true })
  const columns: Column<QuarantineList['rows'][number]>[] = [
    { id: 'file', title: t('quarantine.file'), cell: row => <span className="break">{row.file}</span> },
    { id: 'row', title: t('quarantine.row'), right: true, cell: row => number(row.rowNo) },
    { id: 'column', title: t('quarantine.column'), cell: row => <span className="mono">{row.column || '–'}</span> },
    { id: 'value', title: t('quarantine.value'), cell: row => <span className="mono">{row.value}</span> },
    { id: 'why', title: t('quarantine.why'), cell: row => say(row.message) },
    {
      id: 'source',
      title: t('quality.source'),
      cell: row => <span className="soft">{term('source', row.source)}</span>,
    },
  ]
  return (
    <Panel title={t('quality.quarantine')} note={t('quarantine.note')} flush>
      <Async query={list} lines={8}>
        {data => (
          <>
            <DataTable
              columns={columns}
              rows={data.rows}
              rowId={row => `${row.importId} ${row.rowNo} ${row.column}`}
              empty={<Blank title={t('quarantine.none')}>{t('quarantine.none-hint')}</Blank>}
            />
            <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
          </>
        )}
      </Async>
    </Panel>
  )
}
