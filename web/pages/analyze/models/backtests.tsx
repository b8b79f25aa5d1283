import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { send } from '../../../api/client.ts'
import type { ModelBacktest, ModelDetail } from '../../../api/models.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Button, Chip, type Column, DataTable, Panel, toneOf, useProblem, useToast } from '../../../kit/index.ts'
import { Help } from './help.tsx'
import { type ChartLine, LineChart } from './line-chart.tsx'

const DATES = 4

/** The past again: trained as of a date, judged on what followed. */
export function Backtests({ model }: { model: ModelDetail }) {
  const { t, term, day, number, percent } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const start = useMutation({
    mutationFn: () => send('POST', '/models/churn/backtest', { dates: DATES }),
    onSuccess: () => toast.done(t('model.backtest-started')),
    onError: error => toast.failed(problem(error)),
    onSettled: () => client.invalidateQueries({ queryKey: [`/models/${model.id}`] }),
  })
  // Of the newest code alone: others were other models.
  const rows = useMemo(() => {
    const code = model.backtests.some(row => row.code === model.code) ? model.code : model.backtests.at(-1)?.code
    return model.backtests.filter(row => row.code === code)
  }, [model])
  const dates = useMemo(() => [...new Set(rows.map(row => row.asOf))], [rows])
  const lines = useMemo(() => {
    const learners = [...new Set(rows.map(row => row.learner))]
    const at = (learner: string, metric: string) =>
      dates.map(date => rows.find(row => row.asOf === date && row.learner === learner)?.metrics[metric] ?? null)
    return [
      ...learners.map((learner): ChartLine => ({ name: term('learner', learner), values: at(learner, 'auc') })),
      { name: t('model.simple-rule'), values: at(learners[0] ?? '', 'ruleAuc'), dashed: true, quiet: true },
    ]
  }, [rows, dates, t, term])
  const labels = useMemo(() => dates.map(date => day(date)), [dates, day])
  const write = useMemo(() => (value: number) => number(value, 3), [number])
  const of = (row: ModelBacktest, name: string) => row.metrics[name] ?? Number.NaN
  const columns: Column<ModelBacktest>[] = [
    { id: 'as-of', title: t('model.judged-as-of'), by: row => row.asOf, cell: row => day(row.asOf) },
    { id: 'learner', title: t('model.learner'), cell: row => term('learner', row.learner) },
    { id: 'customers', title: t('segments.customers'), right: true, cell: row => number(row.judgedOn) },
    { id: 'auc', title: 'AUC', right: true, by: row => of(row, 'auc'), cell: row => number(of(row, 'auc'), 3) },
    { id: 'rule', title: t('model.simple-rule'), right: true, cell: row => number(of(row, 'ruleAuc'), 3) },
    {
      id: 'expected',
      title: t('models.expected'),
      right: true,
      cell: row => number(of(row, 'expected')),
    },
    { id: 'actual', title: t('models.actual'), right: true, cell: row => number(of(row, 'actual')) },
    { id: 'ece', title: t('model.calibration-error'), right: true, cell: row => percent(of(row, 'calibrationError')) },
    {
      id: 'verdict',
      title: t('model.verdict'),
      cell: row => <Chip tone={toneOf(row.verdict)}>{term('verdict', row.verdict)}</Chip>,
    },
  ]
  const button = may('models.manage') ? (
    <Button className="no-print" loading={model.busy || start.isPending} onClick={() => start.mutate()}>
      {t('model.backtest')}
    </Button>
  ) : null
  return (
    <Panel flush title={t('model.backtests')} note={t('model.backtests-note')} extra={button}>
      {rows.length === 0 ? (
        <Blank title={t('model.no-backtests')}>{t('model.no-backtests-hint')}</Blank>
      ) : (
        <>
          <div className="panel-body">
            <LineChart
              labels={labels}
              lines={lines}
              label={t('model.backtests')}
              write={write}
              from="data"
              height={220}
            />
            <Help id="backtests" />
          </div>
          <DataTable columns={columns} rows={rows} rowId={row => `${row.asOf} ${row.learner}`} />
        </>
      )}
    </Panel>
  )
}
