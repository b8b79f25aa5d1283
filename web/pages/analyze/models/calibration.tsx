import { useMemo } from 'react'
import type { ModelDetail } from '../../../api/models.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Panel } from '../../../kit/index.ts'
import { Help } from './help.tsx'
import { type ChartLine, LineChart } from './line-chart.tsx'

/** The newest training of each learner: were the chances right, and how well do they sort? Both on rows it had not seen. */
export function Calibration({ model }: { model: ModelDetail }) {
  const { t, term, percent, number } = useText()
  const shown = useMemo(() => {
    const newest = model.versions[0]?.knownUntil
    return model.versions.filter(version => version.knownUntil === newest && version.deciles.length === 10)
  }, [model.versions])
  const tenths = useMemo(() => Array.from({ length: 10 }, (_, k) => number(k + 1)), [number])
  const calibration = useMemo(
    () =>
      shown.flatMap((version): ChartLine[] => {
        const name = term('learner', version.learner)
        const rate = (of: 'expected' | 'actual') => version.deciles.map(bin => bin[of] / Math.max(1, bin.customers))
        return [
          { name: t('model.expected-of', { learner: name }), values: rate('expected'), dashed: true },
          { name: t('model.actual-of', { learner: name }), values: rate('actual') },
        ]
      }),
    [shown, t, term],
  )
  const gains = useMemo(
    () => [
      ...shown.map((version): ChartLine => {
        const all = version.deciles.reduce((sum, bin) => sum + bin.actual, 0)
        const values = [0]
        for (const bin of version.deciles) values.push(values.at(-1)! + bin.actual / Math.max(1, all))
        return { name: term('learner', version.learner), values }
      }),
      { name: t('model.at-random'), values: Array.from({ length: 11 }, (_, k) => k / 10), quiet: true, dashed: true },
    ],
    [shown, t, term],
  )
  const shares = useMemo(() => Array.from({ length: 11 }, (_, k) => percent(k / 10, 0)), [percent])
  const write = useMemo(() => (value: number) => percent(value, 0), [percent])
  if (shown.length === 0) return null
  return (
    <div className="columns">
      <Panel title={t('model.calibration')} note={t('model.calibration-note')}>
        <LineChart labels={tenths} lines={calibration} label={t('model.calibration')} write={write} />
        <Help id="calibration" />
      </Panel>
      <Panel title={t('model.lift')} note={t('model.lift-note')}>
        <LineChart labels={shares} lines={gains} label={t('model.lift')} write={write} />
      </Panel>
    </div>
  )
}
