import type { Management } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { type Column, DataTable, Meter } from '../../../../kit/index.ts'

interface Row {
  id: 'revenue' | 'margin' | 'contact-cost'
  /** null: nobody knows. */
  now: number | null
  target: number | null
  before: number | null
  /** Less is better. */
  cost: boolean
}

/** What was agreed, what came of it, and the year before. */
export function Targets({ data }: { data: Management }) {
  const { t, money, percent } = useText()
  const { result, targets, before, currency } = data
  const known = result.contacts === 0 || result.costUnknown < result.contacts
  const bought = data.months.slice(0, 12).some(month => month.buyers > 0)
  const rows: Row[] = [
    {
      id: 'revenue',
      now: result.revenueMinor,
      target: targets.revenueMinor,
      before: bought ? before.revenueMinor : null,
      cost: false,
    },
    {
      id: 'margin',
      now: result.marginMinor,
      target: targets.marginMinor,
      before: bought ? before.marginMinor : null,
      cost: false,
    },
    {
      id: 'contact-cost',
      now: known ? result.contactCostMinor : null,
      target: targets.contactCostMinor,
      before: null,
      cost: true,
    },
  ]
  const columns: Column<Row>[] = [
    { id: 'name', title: t('manager.figure'), cell: row => <span className="strong">{t(`manager.${row.id}`)}</span> },
    {
      id: 'now',
      title: t('manager.result'),
      right: true,
      cell: row => (row.now === null ? <span className="muted">–</span> : money(row.now, currency)),
    },
    {
      id: 'target',
      title: t('manager.target'),
      right: true,
      cell: row =>
        row.target === null ? <span className="muted">{t('manager.none-agreed')}</span> : money(row.target, currency),
    },
    {
      id: 'reached',
      title: t('manager.reached'),
      right: true,
      cell: row => {
        if (!row.target || row.now === null) return <span className="muted">–</span>
        const share = row.now / row.target
        const good = row.cost ? share <= 1 : share >= 1
        return (
          <span className="row end tight">
            {percent(share, 0)}
            <Meter
              share={share}
              width={72}
              tone={good ? 'good' : share > 0.8 && !row.cost ? undefined : 'warn'}
              label={percent(share, 0)}
            />
          </span>
        )
      },
    },
    {
      id: 'before',
      title: t('manager.before'),
      right: true,
      cell: row => (row.before === null ? <span className="muted">–</span> : money(row.before, currency)),
    },
  ]
  return <DataTable columns={columns} rows={rows} rowId={row => row.id} />
}
