import type { TrialResult } from '../../../../api/segments.ts'
import { useCurrency } from '../../../../api/use-currency.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Callout, Chip, type Column, DataTable, Figures, Panel } from '../../../../kit/index.ts'
import { Movement } from '../../movement.tsx'
import { FlowTable } from './flow-table.tsx'
import { SizesChart } from './sizes-chart.tsx'

type Row = TrialResult['segments'][number]
type Period = TrialResult['periods'][number]

/** Size, value, churn, steadiness and cost of the segments on trial, against those that hold. */
export function TrialView({ result }: { result: TrialResult }) {
  const { t, say, number, percent, money, day } = useText()
  const currency = useCurrency()
  const { capacity } = result
  const moved = result.change.reduce((sum, flow) => sum + (flow.from === flow.to ? 0 : flow.customers), 0)
  const nameOf = (code: string) => {
    const own = result.segments.find(segment => segment.code === code)
    return own ? say(own.name) : code === '' ? t('seg.nobodys') : code
  }
  const share = (value: number | null) => (value === null ? '–' : percent(value, 0))
  const columns: Column<Row>[] = [
    { id: 'name', title: t('segments.segment'), cell: row => <span className="strong">{say(row.name)}</span> },
    {
      id: 'customers',
      title: t('segments.customers'),
      right: true,
      by: row => row.customers,
      cell: row => (
        <>
          <div>{number(row.customers)}</div>
          <Movement now={row.customers} before={row.before} />
        </>
      ),
    },
    {
      id: 'value',
      title: t('segments.value'),
      right: true,
      by: row => row.valueMinor,
      cell: row => money(row.valueMinor, currency),
    },
    {
      id: 'total',
      title: t('seg.value-together'),
      right: true,
      by: row => row.valueTotalMinor,
      cell: row => money(row.valueTotalMinor, currency),
    },
    { id: 'churn', title: t('segments.churn'), right: true, by: row => row.churn, cell: row => percent(row.churn, 0) },
    { id: 'stays', title: t('seg.stays'), right: true, by: row => row.stays ?? -1, cell: row => share(row.stays) },
    {
      id: 'least',
      title: t('seg.stays-least'),
      right: true,
      by: row => row.least ?? -1,
      cell: row => share(row.least),
    },
    { id: 'calls', title: t('seg.calls-month'), right: true, by: row => row.calls, cell: row => number(row.calls) },
    {
      id: 'agents',
      title: t('seg.agents-needed'),
      right: true,
      by: row => row.agents,
      cell: row => number(row.agents, 1),
    },
    { id: 'offers', title: t('seg.offers-month'), right: true, by: row => row.offers, cell: row => number(row.offers) },
  ]
  const periods: Column<Period>[] = [
    { id: 'between', title: t('seg.between'), cell: row => `${day(row.from)} – ${day(row.to)}` },
    { id: 'stays', title: t('seg.stays'), right: true, cell: row => percent(row.stays, 0) },
    {
      id: 'psi',
      title: t('seg.psi'),
      right: true,
      cell: row => (
        <span className="row end tight">
          {number(row.psi, 3)}
          <Chip tone={row.psi - row.psiExpected > 0.25 ? 'bad' : row.psi - row.psiExpected > 0.1 ? 'warn' : 'good'}>
            {t(
              row.psi - row.psiExpected > 0.25
                ? 'seg.psi-large'
                : row.psi - row.psiExpected > 0.1
                  ? 'seg.psi-some'
                  : 'seg.psi-small',
            )}
          </Chip>
        </span>
      ),
    },
    { id: 'expected', title: t('seg.psi-chance'), right: true, cell: row => number(row.psiExpected, 3) },
  ]
  return (
    <div className="stack">
      <Figures
        items={[
          {
            id: 'customers',
            label: t('segments.customers'),
            value: number(result.customers),
            note: t('insight.as-of', { day: day(result.asOf) }),
          },
          {
            id: 'moved',
            label: t('seg.would-move'),
            value: number(moved),
            note: percent(result.customers > 0 ? moved / result.customers : 0),
          },
          {
            id: 'agents',
            label: t('seg.agents-needed'),
            value: number(capacity.agentsNeeded, 1),
            note: t('seg.of-agents', { agents: number(capacity.team.agents) }),
            tone: capacity.minutesNeeded > capacity.minutesHad ? 'bad' : 'good',
          },
          {
            id: 'offers',
            label: t('seg.offers-month'),
            value: number(capacity.offersNeeded),
            note:
              capacity.team.offersAMonth === null
                ? t('seg.no-limit')
                : t('seg.of-offers', { offers: number(capacity.team.offersAMonth) }),
          },
        ]}
      />
      {capacity.fits ? null : (
        <Callout tone="bad">
          {t('seg.does-not-fit', { had: number(capacity.minutesHad), needed: number(capacity.minutesNeeded) })}
        </Callout>
      )}
      <Panel flush title={t('seg.trial-segments')} note={t('seg.trial-segments-note')}>
        <DataTable columns={columns} rows={result.segments} rowId={row => row.code} wide />
      </Panel>
      <Panel flush title={t('seg.change-now')} note={t('seg.change-now-note')}>
        <FlowTable flows={result.change} nameOf={nameOf} />
      </Panel>
      {result.dates.length > 1 ? (
        <>
          <Panel title={t('seg.over-time')} note={t('seg.over-time-note')}>
            <SizesChart result={result} nameOf={nameOf} />
          </Panel>
          <Panel flush title={t('seg.steadiness')} note={t('seg.steadiness-note')}>
            <DataTable columns={periods} rows={result.periods} rowId={row => row.from} />
          </Panel>
          <Panel
            flush
            title={t('seg.over-the-year')}
            note={t('seg.over-the-year-note', { from: day(result.dates[0]?.asOf ?? ''), to: day(result.asOf) })}
          >
            <FlowTable flows={result.overTheYear} nameOf={nameOf} />
          </Panel>
        </>
      ) : null}
      {result.skipped.map(({ asOf, why }) => (
        <Callout key={asOf}>{t('seg.skipped', { day: day(asOf), why: say(why) })}</Callout>
      ))}
    </div>
  )
}
