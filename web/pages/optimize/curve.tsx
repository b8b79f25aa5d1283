import { useCallback, useMemo } from 'react'
import type { Curve, ScenarioList } from '../../api/planning.ts'
import { useGet } from '../../api/queries.ts'
import { useText } from '../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Callout,
  type Column,
  DataTable,
  Field,
  Panel,
  Progress,
  Select,
  useUrlState,
} from '../../kit/index.ts'
import { CurvePicture } from './curve-picture.tsx'
import { limitAmount } from './limit-amount.ts'

type Point = Curve['points'][number]

/** What the plan would be worth with more or less of one limit. */
export function CurveTab() {
  const { t, say } = useText()
  const [limit, setLimit] = useUrlState('limit', 'budget')
  const list = useGet<ScenarioList>('/plan/scenarios')
  const curve = useGet<Curve>('/plan/curve', {
    query: { limit },
    every: data => (data === undefined || (data.error === null && data.done < data.total) ? 700 : false),
  })
  return (
    <Async query={list} lines={10}>
      {data => (
        <div className="stack">
          <div className="toolbar no-print">
            <Field label={t('curve.of')}>
              {id => (
                <Select
                  id={id}
                  value={limit}
                  onChange={setLimit}
                  showSearch
                  optionFilterProp="label"
                  style={{ minWidth: 260 }}
                  options={data.plan.limits
                    .filter(l => l.id !== 'contacts')
                    .map(l => ({ value: l.id, label: say(l.name) }))}
                />
              )}
            </Field>
          </div>
          <Async query={curve} lines={8}>
            {c => <Loaded curve={c} currency={data.currency} />}
          </Async>
        </div>
      )}
    </Async>
  )
}

function Loaded({ curve, currency }: { curve: Curve; currency: string }) {
  const speech = useText()
  const { t, say, number, money } = speech
  const amount = useCallback(
    (value: number) => limitAmount(speech, curve.unit, currency, value),
    [speech, curve.unit, currency],
  )
  const columns: Column<Point>[] = useMemo(
    () => [
      {
        id: 'amount',
        title: t('curve.amount'),
        right: true,
        cell: p => <span className={p.amount === curve.here ? 'strong accent-ink' : ''}>{amount(p.amount)}</span>,
      },
      { id: 'value', title: t('plan.value'), right: true, cell: p => money(p.value, currency) },
      { id: 'bound', title: t('plan.bound'), right: true, cell: p => money(p.bound, currency) },
      {
        id: 'marginal',
        title: t('plan.one-more'),
        right: true,
        cell: p => money(curve.unit === 'money' ? p.marginal * 100 : p.marginal, currency),
      },
      { id: 'contacts', title: t('scenarios.contacts'), right: true, cell: p => number(p.contacts) },
      { id: 'cost', title: t('plan.cost'), right: true, cell: p => money(p.cost, currency) },
    ],
    [curve, currency, amount, t, number, money],
  )
  if (curve.error !== null) return <Blank title={t('async.failed')}>{curve.error}</Blank>
  const worth = money(curve.unit === 'money' ? curve.marginal * 100 : curve.marginal, currency)
  return (
    <>
      <Panel
        title={t('curve.heading', { limit: say(curve.name) })}
        note={t('curve.note')}
        extra={
          curve.done < curve.total ? (
            <Progress
              percent={Math.round((100 * curve.done) / curve.total)}
              size="small"
              style={{ width: 160 }}
              aria-label={t('curve.solving')}
            />
          ) : null
        }
      >
        <CurvePicture curve={curve} currency={currency} />
        <Callout>
          {Math.abs(curve.marginal) < 0.005
            ? t('curve.enough', { amount: amount(curve.here) })
            : curve.unit === 'money'
              ? t('curve.worth-money', { amount: amount(curve.here), worth })
              : t('curve.worth', { amount: amount(curve.here), worth })}
        </Callout>
      </Panel>
      <Panel title={t('curve.points')} flush>
        <DataTable
          columns={columns}
          rows={curve.points}
          rowId={p => p.amount}
          empty={<Blank title={t('curve.solving')} />}
        />
      </Panel>
    </>
  )
}
