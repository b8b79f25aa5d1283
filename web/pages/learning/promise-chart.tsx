import { useMemo } from 'react'
import type { LearnedTurn } from '../../api/learning.ts'
import { useText } from '../../i18n/use-text.ts'
import { Panel } from '../../kit/index.ts'
import { type ChartLine, LineChart } from '../analyze/models/line-chart.tsx'

/** Acceptances promised and come, turn by turn: the two lines are to meet. */
export function PromiseChart({ turns }: { turns: readonly LearnedTurn[] }) {
  const { t, day, number } = useText()
  const told = useMemo(() => turns.filter(turn => turn.came.ripe > 0).toReversed(), [turns])
  const labels = useMemo(() => told.map(turn => day(turn.asOf)), [told, day])
  const lines = useMemo(
    (): ChartLine[] => [
      { name: t('learned.promised'), values: told.map(turn => turn.came.expected), dashed: true },
      { name: t('learned.came-line'), values: told.map(turn => turn.came.taken) },
    ],
    [told, t],
  )
  const write = useMemo(() => (value: number) => number(value), [number])
  if (told.length < 2) return null
  return (
    <Panel title={t('learned.promise-chart')} note={t('learned.promise-chart-note')}>
      <LineChart labels={labels} lines={lines} label={t('learned.promise-chart')} write={write} height={200} />
    </Panel>
  )
}
