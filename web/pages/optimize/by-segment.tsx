import type { PlanView } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, type Column, DataTable, Meter } from '../../kit/index.ts'

type Row = PlanView['bySegment'][number]

export function BySegment({ rows, currency }: { rows: Row[]; currency: string }) {
  const { t, say, number, money, percent } = useText()
  const share = (row: Row): number => (row.customers > 0 ? row.planned / row.customers : 0)
  const columns: Column<Row>[] = [
    {
      id: 'name',
      title: t('segments.segment'),
      cell: row => <span className="strong">{say(row.name)}</span>,
      by: row => say(row.name),
    },
    {
      id: 'customers',
      title: t('segments.customers'),
      right: true,
      cell: row => number(row.customers),
      by: row => row.customers,
    },
    {
      id: 'planned',
      title: t('plan.planned'),
      right: true,
      by: row => row.planned,
      cell: row => (
        <span className="row end nowrap-row">
          {number(row.planned)}
          <Meter share={share(row)} width={48} label={percent(share(row), 0)} />
        </span>
      ),
    },
    { id: 'value', title: t('plan.value'), right: true, cell: row => money(row.value, currency), by: row => row.value },
  ]
  return (
    <DataTable columns={columns} rows={rows} rowId={row => row.segment} empty={<Blank title={t('segments.none')} />} />
  )
}
