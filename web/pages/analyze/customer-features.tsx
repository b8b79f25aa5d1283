import { useState } from 'react'
import type { CustomerInsight } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, type Column, DataTable, Input, Panel } from '../../kit/index.ts'
import { CustomerAlarmsPanel } from './alarms/customer-alarms.tsx'
import { LineageDrawer } from './features/lineage-drawer.tsx'
import { useInsight } from './use-insight.ts'

type Feature = CustomerInsight['features'][number]

/** Features that hold a code, not a figure. */
const coded = new Set(['kind', 'gender', 'country', 'language'])

/** Every figure the models and rules see of this customer; each leads to the rows it was counted from. */
export function CustomerFeatures({ id }: { id: number }) {
  const { t, say, term, day } = useText()
  const [words, setWords] = useState('')
  const [lineage, setLineage] = useState<string | null>(null)
  const shown = (row: Feature): string =>
    row.value === '' ? '–' : coded.has(row.id) ? term(row.id, row.value) : row.value.replaceAll(',', ', ')
  const insight = useInsight(id)
  const matches = (row: Feature): boolean =>
    `${row.id} ${row.name.en} ${row.name.zh} ${row.meaning.en} ${row.meaning.zh}`
      .toLowerCase()
      .includes(words.trim().toLowerCase())
  const columns: Column<Feature>[] = [
    { id: 'name', title: t('features.name'), cell: row => say(row.name), by: row => say(row.name) },
    {
      id: 'value',
      title: t('features.value'),
      cell: row => <span className="strong break">{shown(row)}</span>,
    },
    { id: 'unit', title: t('features.unit'), cell: row => <span className="soft">{say(row.unit)}</span> },
    { id: 'meaning', title: t('features.meaning'), cell: row => <span className="soft">{say(row.meaning)}</span> },
  ]
  return (
    <div className="stack">
      <CustomerAlarmsPanel id={id} />
      <Panel
        title={t('customer.features')}
        note={insight.data ? t('insight.as-of', { day: day(insight.data.asOf) }) : null}
        extra={
          <Input
            allowClear
            value={words}
            onChange={event => setWords(event.target.value)}
            placeholder={t('fcat.search')}
            aria-label={t('fcat.search')}
            style={{ maxWidth: 260 }}
          />
        }
        flush
      >
        <Async query={insight} lines={10}>
          {data => (
            <DataTable
              columns={columns}
              rows={data.features.filter(matches)}
              rowId={row => row.id}
              onOpen={row => setLineage(row.id)}
              empty={<Blank title={t('features.none')} />}
            />
          )}
        </Async>
      </Panel>
      {lineage === null ? null : <LineageDrawer customerId={id} feature={lineage} onClose={() => setLineage(null)} />}
    </div>
  )
}
