import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { QuarantineList, QuarantineRow } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Chip, type Column, DataTable, Pager, Select } from '../../../kit/index.ts'
import { MendRow } from './mend-row.tsx'
import type { QuarantineFilter } from './quarantine.tsx'

const LIMIT = 50
const STATES = ['open', 'mended', 'discarded'] as const

/** Rows one by one, in any state. */
export function QuarantineRowTable({ filter }: { filter: QuarantineFilter }) {
  const { t, term, say, number, instant } = useText()
  const may = useMay()
  const [offset, setOffset] = useState(0)
  const [state, setState] = useState<string>('open')
  const [opened, setOpened] = useState<QuarantineRow | null>(null)
  const list = useGet<QuarantineList>('/quarantine', { query: { ...filter, state, offset, limit: LIMIT }, keep: true })
  const columns: Column<QuarantineRow>[] = [
    { id: 'file', title: t('quarantine.file'), cell: row => <span className="break">{row.file}</span> },
    { id: 'row', title: t('quarantine.row'), right: true, cell: row => number(row.rowNo) },
    { id: 'column', title: t('quarantine.column'), cell: row => <span className="mono">{row.column || '–'}</span> },
    { id: 'value', title: t('quarantine.value'), cell: row => <span className="mono">{row.value}</span> },
    { id: 'why', title: t('quarantine.why'), cell: row => say(row.message) },
    { id: 'source', title: t('src.name'), cell: row => <span className="soft">{term('source', row.source)}</span> },
    {
      id: 'state',
      title: t('mend.state'),
      cell: row => (
        <span className="block">
          <Chip tone={row.state === 'open' ? 'warn' : row.state === 'mended' ? 'good' : 'plain'}>
            {t(`mend-state.${row.state}`)}
          </Chip>
          {row.mendedAt ? (
            <span className="block small muted">
              {t('mend.by', { who: row.mendedBy, at: instant(row.mendedAt) })} {row.reason}
            </span>
          ) : null}
        </span>
      ),
    },
  ]
  return (
    <>
      <div className="row" style={{ padding: '0 16px 8px' }}>
        <Select
          aria-label={t('mend.state')}
          style={{ minWidth: 130 }}
          value={state}
          onChange={value => {
            setState(value)
            setOffset(0)
          }}
          options={STATES.map(value => ({ value, label: t(`mend-state.${value}`) }))}
        />
      </div>
      <Async query={list} lines={8}>
        {data => (
          <>
            <DataTable
              columns={columns}
              rows={data.rows}
              rowId={row => `${row.importId} ${row.rowNo}`}
              {...(may('collect.import') ? { onOpen: setOpened } : {})}
              empty={<Blank title={t('mend.none-filtered')} />}
            />
            <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
          </>
        )}
      </Async>
      {opened ? <MendRow row={opened} onClose={() => setOpened(null)} /> : null}
    </>
  )
}
