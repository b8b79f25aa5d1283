import type { PlanView } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, type Column, DataTable, Meter } from '../../kit/index.ts'

type Limit = PlanView['limits'][number]

/** Shadow prices in words: what one unit more of each limit would be worth. */
export function Limits({ limits, currency }: { limits: Limit[]; currency: string }) {
  const { t, say, number, money, percent, term } = useText()
  const amount = (limit: Limit, value: number): string =>
    limit.unit === 'money' || limit.unit === 'minor' || limit.unit === currency
      ? money(value, currency)
      : `${number(value)} ${term('unit', limit.unit)}`.trim()
  const used = (limit: Limit): number => (limit.max > 0 ? limit.used / limit.max : 0)
  const columns: Column<Limit>[] = [
    { id: 'name', title: t('plan.limit'), cell: limit => <span className="strong">{say(limit.name)}</span> },
    { id: 'used', title: t('plan.used'), right: true, cell: limit => amount(limit, limit.used) },
    { id: 'max', title: t('plan.max'), right: true, cell: limit => amount(limit, limit.max) },
    {
      id: 'share',
      title: t('plan.share-used'),
      right: true,
      width: 150,
      cell: limit => (
        <span className="row end nowrap-row">
          {percent(used(limit), 0)}
          <Meter
            share={used(limit)}
            width={64}
            tone={limit.price > 0 ? 'warn' : undefined}
            label={percent(used(limit), 0)}
          />
        </span>
      ),
    },
    {
      id: 'meaning',
      title: t('plan.one-more'),
      cell: limit => <span className={limit.price > 0 ? '' : 'muted'}>{say(limit.meaning)}</span>,
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={limits.toSorted((a, b) => used(b) - used(a))}
      rowId={limit => limit.id}
      empty={<Blank title={t('plan.no-limits')} />}
    />
  )
}
