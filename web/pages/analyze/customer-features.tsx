import type { CustomerInsight } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, type Column, DataTable, Panel } from '../../kit/index.ts'
import { useInsight } from './use-insight.ts'

type Feature = CustomerInsight['features'][number]

/** Features that hold a code, not a figure. */
const coded = new Set(['kind', 'gender', 'country', 'language'])

/** Every figure the models and rules see of this customer. */
export function CustomerFeatures({ id }: { id: number }) {
  const { t, say, term, day } = useText()
  const shown = (row: Feature): string =>
    row.value === '' ? '–' : coded.has(row.id) ? term(row.id, row.value) : row.value.replaceAll(',', ', ')
  const insight = useInsight(id)
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
    <Panel
      title={t('customer.features')}
      note={insight.data ? t('insight.as-of', { day: day(insight.data.asOf) }) : null}
      flush
    >
      <Async query={insight} lines={10}>
        {data => (
          <DataTable
            columns={columns}
            rows={data.features}
            rowId={row => row.id}
            empty={<Blank title={t('features.none')} />}
          />
        )}
      </Async>
    </Panel>
  )
}
