import { useMemo } from 'react'
import { useGet } from '../../../api/queries.ts'
import type { DecayReport } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Chart,
  Chip,
  type Column,
  chartStyle,
  DataTable,
  Panel,
  Segmented,
  shade,
  useUrlState,
} from '../../../kit/index.ts'
import { VerifyFirst } from './verify-first.tsx'

type FieldDecay = DecayReport['fields'][number]
type RateRow = FieldDecay['sources'][number]

/** How fast values go wrong, by field and source, and what to verify first. */
export function Decay() {
  const { t, term, percent, day } = useText()
  const report = useGet<DecayReport>('/decay')
  const [chosen, setChosen] = useUrlState('field', 'mobile')
  return (
    <div className="stack">
      <Async query={report} lines={10}>
        {data => {
          const field = data.fields.find(of => of.field === chosen) ?? data.fields[0]
          if (!data.measuredAt || !field?.all)
            return (
              <Panel>
                <Blank title={t('decay.none')}>{t('decay.none-hint')}</Blank>
              </Panel>
            )
          return (
            <Panel
              title={t('decay.title')}
              note={t('decay.note', { day: day(data.asOf) })}
              extra={
                <div className="scroll-x">
                  <Segmented
                    value={field.field}
                    onChange={setChosen}
                    options={data.fields.map(of => ({
                      value: of.field,
                      label: of.all ? `${term('field', of.field)} ${percent(of.all.monthly)}` : term('field', of.field),
                    }))}
                  />
                </div>
              }
            >
              <DecayCurve field={field} />
              <RateTable field={field} />
            </Panel>
          )
        }}
      </Async>
      <VerifyFirst />
    </div>
  )
}

function RateTable({ field }: { field: FieldDecay }) {
  const { t, term, percent, number } = useText()
  const rows = [...(field.all ? [field.all] : []), ...field.sources]
  const columns: Column<RateRow>[] = [
    {
      id: 'source',
      title: t('quality.source'),
      cell: row => (
        <span className={row.source === '' ? 'strong' : ''}>
          {row.source === '' ? t('decay.all-sources') : term('source', row.source)}
        </span>
      ),
    },
    {
      id: 'lost',
      title: t('decay.lost'),
      right: true,
      cell: row => (
        <span className="row end nowrap-row">
          {row.changes === 0 ? <Chip title={t('decay.assumed-hint')}>{t('decay.assumed')}</Chip> : null}
          {percent(row.monthly, 2)}
        </span>
      ),
      by: row => row.monthly,
    },
    {
      id: 'interval',
      title: t('decay.interval'),
      right: true,
      cell: row => (
        <span className="soft">{t('decay.range', { low: percent(row.low, 2), high: percent(row.high, 2) })}</span>
      ),
    },
    { id: 'changes', title: t('decay.changes'), right: true, cell: row => number(row.changes), by: row => row.changes },
    { id: 'months', title: t('decay.months'), right: true, cell: row => number(row.months), by: row => row.months },
  ]
  return <DataTable columns={columns} rows={rows} rowId={row => row.source || '*'} />
}

function DecayCurve({ field }: { field: FieldDecay }) {
  const { t, term, percent } = useText()
  const theme = shade.use()
  const option = useMemo(() => {
    const style = chartStyle(theme)
    const points = (of: 'holds' | 'low' | 'high') => field.curve.map(point => [point.month, point[of]])
    const bound = {
      type: 'line' as const,
      symbol: 'none',
      lineStyle: { width: 1, type: 'dashed' as const, color: style.colour.quiet },
    }
    return {
      grid: style.grid,
      tooltip: { ...style.tooltip, valueFormatter: (value: number) => percent(value, 0) },
      legend: { ...style.legend, data: [term('field', field.field), t('decay.interval')] },
      xAxis: {
        type: 'value',
        name: t('decay.months-axis'),
        nameLocation: 'middle',
        nameGap: 26,
        max: 48,
        ...style.value,
      },
      yAxis: {
        type: 'value',
        min: 0,
        max: 1,
        ...style.value,
        axisLabel: { ...style.value.axisLabel, formatter: (value: number) => percent(value, 0) },
      },
      series: [
        {
          type: 'line',
          name: term('field', field.field),
          data: points('holds'),
          symbol: 'none',
          smooth: true,
          lineStyle: { width: 2, color: style.colour.accent },
          itemStyle: { color: style.colour.accent },
        },
        { ...bound, name: t('decay.interval'), data: points('low'), itemStyle: { color: style.colour.quiet } },
        { ...bound, name: t('decay.interval'), data: points('high'), itemStyle: { color: style.colour.quiet } },
      ],
    }
  }, [field, theme, t, term, percent])
  return <Chart option={option as never} height={280} label={t('decay.chart')} />
}
