import type { ReactNode } from 'react'
import type { Outcome, Scenario, ScenarioList } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Chip } from '../../../kit/index.ts'
import { limitAmount } from '../limit-amount.ts'

interface SideBySideProps {
  data: ScenarioList
  chosen: string | null
  onShow: (id: string) => void
  actions: (scenario: Scenario) => ReactNode
}

interface Line {
  id: string
  label: ReactNode
  group?: string
  cell: (outcome: Outcome, first: boolean) => ReactNode
}

/** Columns are the plan and its scenarios, lines what they come to; what differs from the plan is marked. */
export function SideBySide({ data, chosen, onShow, actions }: SideBySideProps) {
  const speech = useText()
  const { t, say, number, money, gap } = speech
  const { plan, currency, rows } = data
  const outcomes = [plan, ...rows.map(row => row.outcome)]
  const sum = (o: Outcome, by: 'offer' | 'segment', id: string) =>
    o.cells.filter(cell => cell[by] === id).reduce((n, cell) => n + cell.customers, 0)
  const versus = (now: number, base: number, first: boolean, write: (n: number) => string): ReactNode => (
    <>
      {write(now)}
      {first || Math.abs(now - base) < 0.5 ? null : (
        <div className={`small ${now > base ? 'up' : 'down'}`}>
          {now > base ? '+' : '−'}
          {write(Math.abs(now - base))}
        </div>
      )}
    </>
  )
  const limited = plan.limits.filter(limit =>
    outcomes.some(o => {
      const its = o?.limits.find(l => l.id === limit.id)
      return its && (its.binds || its.max !== limit.max || its.min !== limit.min || limit.max !== null)
    }),
  )
  const anywhere = (by: 'offer' | 'segment', id: string) => outcomes.some(o => o && sum(o, by, id) > 0)
  const lines: Line[] = [
    {
      id: 'value',
      label: t('plan.value'),
      cell: (o, first) => versus(o.value, plan.value, first, n => money(n, currency)),
    },
    { id: 'bound', label: t('plan.bound'), cell: o => money(o.bound, currency) },
    { id: 'gap', label: t('figure.gap'), cell: o => gap(o.gap) },
    {
      id: 'contacts',
      label: t('scenarios.contacts'),
      cell: (o, first) => versus(o.contacts, plan.contacts, first, number),
    },
    {
      id: 'cost',
      label: t('plan.cost'),
      cell: (o, first) => versus(o.cost, plan.cost, first, n => money(n, currency)),
    },
    {
      id: 'changed',
      label: t('scenarios.changed'),
      cell: (o, first) =>
        first ? (
          '–'
        ) : (
          <>
            {number(o.changed.gained + o.changed.lost + o.changed.moved)}
            <div className="small muted">
              {t('scenarios.changed-how', {
                gained: number(o.changed.gained),
                lost: number(o.changed.lost),
                moved: number(o.changed.moved),
              })}
            </div>
          </>
        ),
    },
    ...limited.map(
      (limit): Line => ({
        id: `limit ${limit.id}`,
        group: t('scenarios.limits'),
        label: say(limit.name),
        cell: o => {
          const its = o.limits.find(l => l.id === limit.id)
          if (!its) return '–'
          const changed = its.max !== limit.max || its.min !== limit.min
          return (
            <>
              {limitAmount(speech, its.unit, currency, its.used)}
              <span className={changed ? 'strong' : 'muted'}>
                {' / '}
                {its.max === null ? '∞' : limitAmount(speech, its.unit, currency, its.max)}
              </span>
              {its.binds ? (
                <div className="small">
                  <Chip tone="warn">
                    {its.unit === 'money'
                      ? t('scenarios.worth-money', { value: money(its.price * 100, currency) })
                      : t('scenarios.worth', { value: money(its.price, currency) })}
                  </Chip>
                </div>
              ) : null}
            </>
          )
        },
      }),
    ),
    ...data.offers
      .filter(({ offer }) => anywhere('offer', offer))
      .map(
        ({ offer, name }): Line => ({
          id: `offer ${offer}`,
          group: t('scenarios.by-offer'),
          label: say(name),
          cell: (o, first) => versus(sum(o, 'offer', offer), sum(plan, 'offer', offer), first, number),
        }),
      ),
    ...data.segments
      .filter(({ segment }) => anywhere('segment', segment))
      .map(
        ({ segment, name }): Line => ({
          id: `segment ${segment}`,
          group: t('scenarios.by-segment'),
          label: say(name),
          cell: (o, first) => versus(sum(o, 'segment', segment), sum(plan, 'segment', segment), first, number),
        }),
      ),
  ]
  return (
    <div className="table-box">
      <table className="table side-by-side">
        <thead>
          <tr>
            <td />
            <th scope="col" className="right">
              {t('scenarios.plan')}
            </th>
            {rows.map(row => {
              const id = `scenario:${row.id}`
              return (
                <th key={row.id} scope="col" className="right">
                  <div className="strong">{row.name}</div>
                  <div className="row end tight">
                    <Button
                      size="small"
                      type={chosen === id ? 'primary' : 'default'}
                      disabled={!row.outcome?.feasible}
                      onClick={() => onShow(id)}
                    >
                      {t('scenarios.who-changes')}
                    </Button>
                    {actions(row)}
                  </div>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, i) => (
            <Rows
              key={line.id}
              head={line.group && lines[i - 1]?.group !== line.group ? line.group : null}
              columns={rows.length + 2}
            >
              <th scope="row">{line.label}</th>
              {outcomes.map((o, k) => (
                <td key={k === 0 ? 'plan' : rows[k - 1]!.id} className="right">
                  {o === null ? (
                    '–'
                  ) : o.feasible ? (
                    line.cell(o, k === 0)
                  ) : i === 0 ? (
                    <span className="bad-ink">
                      {t('scenarios.conflict', { limits: o.conflict.map(l => say(l.name)).join(', ') })}
                    </span>
                  ) : (
                    '–'
                  )}
                </td>
              ))}
            </Rows>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Rows({ head, columns, children }: { head: string | null; columns: number; children: ReactNode }) {
  return (
    <>
      {head ? (
        <tr className="group-row">
          <th scope="rowgroup" colSpan={columns}>
            {head}
          </th>
        </tr>
      ) : null}
      <tr>{children}</tr>
    </>
  )
}
