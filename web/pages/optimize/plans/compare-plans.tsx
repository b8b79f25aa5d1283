import { useGet } from '../../../api/queries.ts'
import type { PlanView } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, type Column, DataTable, Panel } from '../../../kit/index.ts'
import { limitAmount } from '../limit-amount.ts'
import { Changes } from '../scenarios/changes.tsx'

interface Line {
  id: string
  name: string
  a: number | null
  b: number | null
  write: (value: number) => string
}

/** Two plans line by line, and who gets something else. */
export function ComparePlans({ ids: [a, b] }: { ids: [number, number] }) {
  const speech = useText()
  const { t, say, number, money } = speech
  const left = useGet<PlanView>(`/plans/${a}`)
  const right = useGet<PlanView>(`/plans/${b}`)
  const lines = (x: PlanView, y: PlanView): Line[] => {
    const cash = (value: number) => money(value, x.currency)
    const offers = new Map([...x.byOffer, ...y.byOffer].map(o => [o.offer, say(o.name)]))
    const limits = new Map([...x.limits, ...y.limits].map(l => [l.id, l]))
    const planned = (plan: PlanView, offer: string) =>
      plan.byOffer.filter(o => o.offer === offer).reduce((n, o) => n + o.customers, 0)
    return [
      { id: 'value', name: t('plan.value'), a: x.value, b: y.value, write: cash },
      { id: 'bound', name: t('plan.bound'), a: x.bound, b: y.bound, write: cash },
      { id: 'assigned', name: t('plan.assigned'), a: x.assigned, b: y.assigned, write: number },
      { id: 'control', name: t('figure.control'), a: x.control, b: y.control, write: number },
      { id: 'options', name: t('plan.options'), a: x.options, b: y.options, write: number },
      ...[...limits].map(([id, limit]) => ({
        id: `limit ${id}`,
        name: `${t('plan.limit')}: ${say(limit.name)}`,
        a: x.limits.find(l => l.id === id)?.max ?? null,
        b: y.limits.find(l => l.id === id)?.max ?? null,
        write: (value: number) => limitAmount(speech, limit.unit, x.currency, value),
      })),
      ...[...offers].map(([id, name]) => ({
        id: `offer ${id}`,
        name,
        a: planned(x, id),
        b: planned(y, id),
        write: number,
      })),
    ]
  }
  const columns: Column<Line>[] = [
    { id: 'name', title: '', cell: row => <span className="strong">{row.name}</span> },
    {
      id: 'a',
      title: t('plans.numbered', { plan: a }),
      right: true,
      cell: row => (row.a === null ? '–' : row.write(row.a)),
    },
    {
      id: 'b',
      title: t('plans.numbered', { plan: b }),
      right: true,
      cell: row => (row.b === null ? '–' : row.write(row.b)),
    },
    {
      id: 'difference',
      title: t('plans.difference'),
      right: true,
      cell: row => {
        const d = row.a === null || row.b === null ? 0 : row.b - row.a
        if (Math.abs(d) < 0.5) return <span className="muted">–</span>
        return <span className={d > 0 ? 'up' : 'down'}>{`${d > 0 ? '+' : '−'}${row.write(Math.abs(d))}`}</span>
      },
    },
  ]
  return (
    <div className="stack">
      <Panel title={t('plans.compared', { a, b })} flush>
        <Async query={left} lines={6}>
          {x => (
            <Async query={right} lines={6}>
              {y => <DataTable columns={columns} rows={lines(x, y)} rowId={row => row.id} />}
            </Async>
          )}
        </Async>
      </Panel>
      {left.data ? <Changes from={`plan:${a}`} to={`plan:${b}`} currency={left.data.currency} /> : null}
    </div>
  )
}
