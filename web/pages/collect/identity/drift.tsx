import { useMemo } from 'react'
import { useGet } from '../../../api/queries.ts'
import type { IdentityRuns } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Callout,
  Chart,
  Chip,
  type Column,
  chartStyle,
  DataTable,
  Panel,
  shade,
} from '../../../kit/index.ts'

type Run = IdentityRuns['rows'][number]

/** Whether runs make of the records what they made before. */
export function Drift() {
  const { t } = useText()
  const query = useGet<IdentityRuns>('/identity/runs')
  return (
    <Async query={query} lines={10}>
      {({ rows }) => {
        const newest = rows[0]
        if (!newest)
          return (
            <Panel>
              <Blank title={t('drift.none')}>{t('drift.none-hint')}</Blank>
            </Panel>
          )
        return (
          <div className="stack">
            <Verdict run={newest} first={rows.length === 1} />
            <Panel title={t('drift.sizes')} note={t('drift.sizes-note')}>
              <SizeChart runs={rows} />
            </Panel>
            <Panel title={t('drift.runs')} flush>
              <RunTable runs={rows} />
            </Panel>
          </div>
        )
      }}
    </Async>
  )
}

function Verdict({ run, first }: { run: Run; first: boolean }) {
  const { t, percent, number } = useText()
  if (first) return <Callout title={t('drift.first')}>{t('drift.first-hint')}</Callout>
  if (run.drift.length === 0)
    return (
      <Callout tone="good" title={t('drift.steady')}>
        {t('drift.steady-hint')}
      </Callout>
    )
  const said = (sign: Run['drift'][number]): string => {
    const share = sign.what === 'share' || sign.what === 'changed'
    const show = (value: number): string => (sign.what === 'mean' ? number(value, 3) : number(value))
    return t(`drift.sign.${sign.what}`, {
      size: sign.size,
      before: share && sign.what === 'share' ? percent(sign.before, 1) : show(sign.before),
      now: share && sign.what === 'share' ? percent(sign.now, 1) : show(sign.now),
      errors: number(sign.errors, 0),
    })
  }
  return (
    <Callout tone="warn" title={t('drift.drifted')}>
      <ul className="bullets">
        {run.drift.map(sign => (
          <li key={`${sign.what} ${sign.size}`}>{said(sign)}</li>
        ))}
      </ul>
      <p>{t('drift.advice')}</p>
    </Callout>
  )
}

const GROUPS = ['1', '2', '3', '4', '5+'] as const

function SizeChart({ runs }: { runs: readonly Run[] }) {
  const { t, percent, number } = useText()
  const theme = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(theme)
    const shown = [...runs.slice(0, 12)].reverse()
    const opacity = [1, 0.72, 0.5, 0.34, 0.2]
    return {
      grid: { ...style.grid, top: 56 },
      legend: style.legend,
      tooltip: { ...style.tooltip, valueFormatter: (value: number) => percent(value, 1) },
      xAxis: { type: 'category', data: shown.map(run => `#${run.runId}`), ...style.category },
      yAxis: {
        type: 'value',
        max: 1,
        ...style.value,
        axisLabel: { ...style.value.axisLabel, formatter: (value: number) => percent(value, 0) },
      },
      series: GROUPS.map((group, at) => ({
        type: 'bar',
        stack: 'sizes',
        name: t('drift.with-records', { size: group }),
        data: shown.map(run => (run.sizes[group] ?? 0) / Math.max(1, run.customers)),
        itemStyle: { color: style.colour.accent, opacity: opacity[at] },
        barMaxWidth: 46,
      })),
    }
  }, [runs, theme, t, percent])
  return <Chart option={option} height={260} label={t('drift.chart', { count: number(runs.length) })} />
}

function RunTable({ runs }: { runs: readonly Run[] }) {
  const { t, number, instant, percent } = useText()
  const columns: Column<Run>[] = [
    { id: 'run', title: t('drift.run'), cell: run => <span className="mono">#{run.runId}</span> },
    { id: 'at', title: t('identity.at'), cell: run => instant(run.at) },
    { id: 'records', title: t('customers.records'), right: true, cell: run => number(run.records) },
    { id: 'customers', title: t('identity.customers'), right: true, cell: run => number(run.customers) },
    { id: 'largest', title: t('drift.largest'), right: true, cell: run => number(run.largest) },
    { id: 'merged', title: t('drift.merged'), right: true, cell: run => number(run.merged) },
    { id: 'split', title: t('drift.split'), right: true, cell: run => number(run.split) },
    { id: 'appeared', title: t('drift.appeared'), right: true, cell: run => number(run.appeared) },
    {
      id: 'threshold',
      title: t('identity.threshold'),
      right: true,
      cell: run => (
        <span>
          {percent(run.threshold, 1)}{' '}
          {run.automatic ? <span className="small muted">{t('drift.automatic')}</span> : null}
        </span>
      ),
    },
    {
      id: 'drift',
      title: t('drift.verdict'),
      cell: run =>
        run.drift.length > 0 ? (
          <Chip tone="warn">{t('drift.signs', { count: run.drift.length })}</Chip>
        ) : (
          <span className="muted">–</span>
        ),
    },
  ]
  return <DataTable columns={columns} rows={runs} rowId={run => run.runId} wide />
}
