import { useText } from '../../../i18n/use-text.ts'
import { Blank, type Column, DataTable, Meter, Panel } from '../../../kit/index.ts'
import { Help } from './help.tsx'
import type { ValuePage } from './types.ts'
import { useListFilter } from './use-list-filter.ts'
import { useMoneyRange } from './use-money-range.ts'

type Row = ValuePage['categories'][number]

/** Value by category; the rows sum to the whole. */
export function CategoryTable({ page, months }: { page: ValuePage; months: number }) {
  const { t, say, number, percent } = useText()
  const { money, between } = useMoneyRange(page.currency)
  const filter = useListFilter()
  const of = (row: Row) => row.values.find(value => value.months === months) ?? row.values[0]
  const total = page.categories.reduce((sum, row) => sum + (of(row)?.minor ?? 0), 0)
  const columns: Column<Row>[] = [
    {
      id: 'category',
      title: t('worth.category'),
      foot: t('worth.together'),
      by: row => say(row.name),
      cell: row => say(row.name),
    },
    {
      id: 'customers',
      title: t('worth.customers'),
      right: true,
      by: row => row.customers,
      cell: row => number(row.customers),
    },
    {
      id: 'share',
      title: t('worth.share'),
      right: true,
      by: row => of(row)?.minor ?? 0,
      cell: row => {
        const share = total > 0 ? (of(row)?.minor ?? 0) / total : 0
        return (
          <span className="row end nowrap-row">
            {percent(share)}
            <Meter share={share} width={56} label={percent(share)} />
          </span>
        )
      },
    },
    {
      id: 'value',
      title: t('worth.value-of', { months }),
      right: true,
      foot: money(total),
      by: row => of(row)?.minor ?? 0,
      cell: row => money(of(row)?.minor ?? 0),
    },
    {
      id: 'range',
      title: t('worth.interval'),
      right: true,
      cell: row => {
        const value = of(row)
        return value ? <span className="soft">{between(value)}</span> : null
      },
    },
  ]
  return (
    <Panel title={t('worth.by-category')} note={t('worth.open-note')} flush>
      <DataTable
        columns={columns}
        rows={page.categories}
        rowId={row => row.category}
        onOpen={row => filter.show({ category: row.category, label: say(row.name) })}
        empty={<Blank title={t('worth.no-categories')} />}
        caption={t('worth.by-category')}
      />
      <div className="panel-body">
        <Help id="category" />
      </div>
    </Panel>
  )
}
