import { useMutation, useQueryClient } from '@tanstack/react-query'
import { send } from '../../../api/client.ts'
import type { ProductBacktest } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Chip, type Column, DataTable, Panel, useProblem, useToast } from '../../../kit/index.ts'

type Result = NonNullable<ProductBacktest['result']>
interface Row {
  method: string
  customers: number
  hitRate: number
  precision: number
  ndcg: number
  coverage: number
}

/** How good each way of proposing was on a quarter held back; new products and returning for old ones apart. */
export function Backtest() {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const view = useGet<ProductBacktest>('/products/backtest', {
    every: data => (data?.state === 'running' ? 1500 : false),
  })
  const ask = useMutation({
    mutationFn: () => send('POST', '/products/backtest', {}),
    onError: error => toast.failed(problem(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['/products/backtest'] }),
  })
  const running = view.data?.state === 'running'
  const button = (
    <Button className="no-print" loading={running || ask.isPending} onClick={() => ask.mutate()}>
      {t('backtest.run')}
    </Button>
  )
  return (
    <Async query={view} lines={8}>
      {({ state, asOf, result }) =>
        result ? (
          <Tables result={result} asOf={asOf ?? ''} extra={button} />
        ) : (
          <Panel>
            <Blank title={t(state === 'failed' ? 'backtest.failed' : 'backtest.none')} actions={button}>
              {t('backtest.none-hint')}
            </Blank>
          </Panel>
        )
      }
    </Async>
  )
}

function Tables({ result, asOf, extra }: { result: Result; asOf: string; extra: React.ReactNode }) {
  const { t, number, day } = useText()
  const basis = t('backtest.basis', {
    days: number(result.days),
    day: day(asOf),
    length: number(result.length),
    customers: number(result.trainedOn.customers),
    lines: number(result.trainedOn.lines),
  })
  return (
    <div className="stack">
      <Panel flush title={t('backtest.explore')} note={basis} extra={extra}>
        <Methods rows={rowsOf(result.explore)} used="ease" />
      </Panel>
      <Panel flush title={t('backtest.repeat')} note={t('backtest.repeat-note')}>
        <Methods rows={rowsOf(result.repeat)} used="personal" />
      </Panel>
    </div>
  )
}

const rowsOf = (methods: Result['explore']): Row[] =>
  Object.entries(methods)
    .map(([method, figures]) => ({ method, ...figures }))
    .sort((a, b) => b.ndcg - a.ndcg)

function Methods({ rows, used }: { rows: readonly Row[]; used: string }) {
  const { t, term, number, percent } = useText()
  const columns: Column<Row>[] = [
    {
      id: 'method',
      title: t('backtest.method'),
      cell: row => (
        <span className="row">
          {term('method', row.method)}
          {row.method === used ? <Chip tone="accent">{t('backtest.used')}</Chip> : null}
        </span>
      ),
    },
    { id: 'customers', title: t('backtest.customers'), right: true, cell: row => number(row.customers) },
    { id: 'hit', title: t('backtest.hit-rate'), right: true, cell: row => percent(row.hitRate, 1) },
    { id: 'precision', title: t('backtest.precision'), right: true, cell: row => percent(row.precision, 1) },
    { id: 'ndcg', title: 'NDCG', right: true, cell: row => number(row.ndcg, 3) },
    { id: 'coverage', title: t('backtest.coverage'), right: true, cell: row => percent(row.coverage, 0) },
  ]
  return <DataTable columns={columns} rows={rows} rowId={row => row.method} />
}
