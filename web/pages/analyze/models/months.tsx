import { useMemo } from 'react'
import type { ModelDetail } from '../../../api/models.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Panel } from '../../../kit/index.ts'
import { Help } from './help.tsx'
import { LineChart } from './line-chart.tsx'

/** Of the model of when: who left in each month, expected and actual, among customers it had not seen. */
export function Months({ model }: { model: ModelDetail }) {
  const { t, number, percent } = useText()
  const labels = useMemo(() => model.byMonth.map(row => number(row.month)), [model, number])
  const lines = useMemo(() => {
    const rate = (of: 'expected' | 'actual') => model.byMonth.map(row => row[of] / Math.max(1, row.present))
    return [
      { name: t('models.expected'), values: rate('expected'), dashed: true },
      { name: t('models.actual'), values: rate('actual') },
    ]
  }, [model, t])
  const write = useMemo(() => (value: number) => percent(value, 1), [percent])
  if (model.byMonth.length === 0) return null
  return (
    <Panel title={t('model.months')} note={t('model.months-note')}>
      <LineChart labels={labels} lines={lines} label={t('model.months')} write={write} />
      <Help id="leaving" />
    </Panel>
  )
}
