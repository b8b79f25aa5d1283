import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Chip, type Column, DataTable, Panel } from '../../../kit/index.ts'
import type { Mart, MartList } from './types.ts'

export function Marts() {
  const list = useGet<MartList>('/marts')
  return (
    <Async query={list} lines={10}>
      {({ rows }) => (
        <div className="stack">
          {rows.map(mart => (
            <MartPanel key={mart.name} mart={mart} />
          ))}
        </div>
      )}
    </Async>
  )
}

function MartPanel({ mart }: { mart: Mart }) {
  const { t, say } = useText()
  const columns: Column<Mart['columns'][number]>[] = [
    {
      id: 'name',
      title: t('gb.mart-column'),
      cell: row => (
        <span className="row tight">
          <span className="mono">{row.name}</span>
          {mart.key.includes(row.name) ? <Chip tone="accent">{t('gb.key-column')}</Chip> : null}
          {row.personal ? <Chip tone="warn">{t('gb.personal-column')}</Chip> : null}
        </span>
      ),
    },
    { id: 'type', title: t('gb.mart-type'), cell: row => <span className="mono soft">{row.type}</span> },
    { id: 'text', title: t('gb.mart-meaning'), cell: row => say(row.text) },
  ]
  return (
    <Panel title={say(mart.title)} note={`${say(mart.row)} · ${t('gb.mart-view', { view: mart.view })}`} flush>
      <DataTable columns={columns} rows={mart.columns} rowId={row => row.name} />
    </Panel>
  )
}
