import { useMemo, useState } from 'react'
import type { ModelDetail, ModelDrift } from '../../../api/models.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Button, Chip, type Column, DataTable, Meter, Panel, type Tone } from '../../../kit/index.ts'
import { Help } from './help.tsx'
import { type ChartLine, LineChart } from './line-chart.tsx'

const tones: Record<ModelDrift['level'], Tone> = { stable: 'good', shifted: 'warn', drifted: 'bad' }
/** Where the bar of an index ends: twice the customary limit of action. */
const FULL = 0.5
/** The most changed first; the rest on demand. */
const SHOWN = 10

/** How inputs and scores are spread today against training, and what chance alone would show. */
export function Drift({ model }: { model: ModelDetail }) {
  const { t, say, term, number, percent, day } = useText()
  const [all, setAll] = useState(false)
  const turns = useMemo(() => model.history.filter(turn => turn.scorePsi !== null), [model.history])
  const labels = useMemo(() => turns.map(turn => day(turn.asOf)), [turns, day])
  const lines = useMemo(
    (): ChartLine[] => [{ name: t('model.score-drift'), values: turns.map(turn => turn.scorePsi) }],
    [turns, t],
  )
  const write = useMemo(() => (value: number) => number(value, 2), [number])
  const columns: Column<ModelDrift>[] = [
    { id: 'name', title: t('model.input'), by: row => say(row.name), cell: row => say(row.name) },
    {
      id: 'psi',
      title: 'PSI',
      right: true,
      by: row => row.psi,
      cell: row => (
        <span className="row">
          <Meter share={Math.min(1, row.psi / FULL)} width={64} label={`PSI ${number(row.psi, 3)}`} />
          {number(row.psi, 3)}
        </span>
      ),
    },
    {
      id: 'since',
      title: t('model.since'),
      right: true,
      by: row => row.since?.psi ?? 0,
      cell: row =>
        row.since ? (
          <span className="row">
            {number(row.since.psi, 3)}
            <Chip tone={tones[row.since.level]}>{term('model-drift', row.since.level)}</Chip>
          </span>
        ) : (
          '–'
        ),
    },
    { id: 'chance', title: t('model.by-chance'), right: true, cell: row => number(row.expected, 3) },
    { id: 'p', title: 'p', right: true, cell: row => (row.p < 0.001 ? '< 0.001' : number(row.p, 3)) },
    {
      id: 'missing',
      title: t('model.missing'),
      right: true,
      cell: row => `${percent(row.missingBefore, 0)} → ${percent(row.missingNow, 0)}`,
    },
    {
      id: 'spread',
      title: t('model.spread'),
      cell: row => <Spread before={row.before.slice(1)} now={row.now.slice(1)} label={say(row.name)} />,
    },
    {
      id: 'level',
      title: t('model.state'),
      by: row => row.psi - row.expected,
      cell: row => <Chip tone={tones[row.level]}>{term('model-drift', row.level)}</Chip>,
    },
  ]
  return (
    <Panel flush title={t('model.drift')} note={t('model.drift-note')}>
      {model.drift.length === 0 ? (
        <Blank title={t('model.no-drift')} />
      ) : (
        <>
          <div className="panel-body">
            {turns.length > 1 ? (
              <LineChart labels={labels} lines={lines} label={t('model.score-drift')} write={write} height={180} />
            ) : null}
            <Help id="drift" />
          </div>
          <DataTable columns={columns} rows={all ? model.drift : model.drift.slice(0, SHOWN)} rowId={row => row.id} />
          {all || model.drift.length <= SHOWN ? null : (
            <div className="panel-body">
              <Button onClick={() => setAll(true)}>{t('action.show-all')}</Button>
            </div>
          )}
        </>
      )}
    </Panel>
  )
}

/** Shares by bin, then and now, small enough for a cell. */
function Spread({ before, now, label }: { before: number[]; now: number[]; label: string }) {
  const { t } = useText()
  const most = Math.max(...before, ...now, 1e-9)
  const width = 8
  const bars = (shares: number[], offset: number) =>
    shares.map((share, k) => `M${k * width + offset} 22v-${(20 * share) / most}h3V22z`).join('')
  return (
    <svg width={before.length * width} height={22} role="img" aria-label={t('model.spread-of', { input: label })}>
      <path d={bars(before, 0)} fill="currentColor" opacity={0.3} />
      <path d={bars(now, 3)} fill="currentColor" />
    </svg>
  )
}
