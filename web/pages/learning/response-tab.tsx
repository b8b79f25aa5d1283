import type { ResponseCell, ResponsePage } from '../../api/learning.ts'
import { useGet } from '../../api/queries.ts'
import { useText } from '../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Callout,
  Chip,
  type Column,
  DataTable,
  Figures,
  Panel,
  Segmented,
  Select,
  useUrlState,
} from '../../kit/index.ts'
import { ExportMenu } from '../analyze/seven-p/export-menu.tsx'
import { oddsInWords } from './odds.ts'
import { RangeBar } from './range-bar.tsx'
import { Reliability } from './reliability.tsx'
import { Terms } from './terms.tsx'
import { Unheard } from './unheard.tsx'

const axes = ['segment', 'offer', 'channel', 'all'] as const
/** Cells shown; the file has all. */
const MOST = 200

/** Response against prediction: by segment, offer and channel, of one turn or of all. */
export function ResponseTab() {
  const { t, day } = useText()
  const [by, setBy] = useUrlState('by', 'segment')
  const [turn, setTurn] = useUrlState('turn', 'all')
  const query = { by, ...(turn === 'all' ? {} : { turn }) }
  const response = useGet<ResponsePage>('/learning/response', { query, keep: true })
  return (
    <Async query={response} lines={10}>
      {data =>
        data.turns.length === 0 ? (
          <Blank title={t('learned.no-turn')}>{t('learned.no-turn-hint')}</Blank>
        ) : (
          <div className="stack">
            <div className="row wrap">
              <Segmented
                value={by}
                onChange={value => setBy(String(value))}
                options={axes.map(axis => ({ value: axis, label: t(`learned.by-${axis}`) }))}
                aria-label={t('learned.by')}
              />
              <Select
                value={turn}
                onChange={setTurn}
                aria-label={t('learned.turn')}
                style={{ minWidth: 160 }}
                options={[
                  { value: 'all', label: t('learned.all-turns') },
                  ...data.turns.toReversed().map(value => ({ value, label: day(value) })),
                ]}
              />
              <ExportMenu path="/learning/response/export" query={query} />
            </div>
            <Unheard ways={data.unheard} />
            {data.cells.length === 0 ? (
              <Blank title={t('learned.no-answers')}>{t('learned.no-answers-hint')}</Blank>
            ) : (
              <Response data={data} by={by} />
            )}
          </div>
        )
      }
    </Async>
  )
}

function Response({ data, by }: { data: ResponsePage; by: string }) {
  const { t, number, percent } = useText()
  const { totals, calibration } = data
  const wrong = data.cells.filter(cell => cell.alarm)
  const named = { alarms: number(wrong.length), tests: number(totals.tests) }
  return (
    <>
      <Callout tone={wrong.length > 0 ? 'warn' : 'good'}>
        {t(wrong.length > 0 ? 'learned.cells-wrong' : 'learned.cells-right', named)}
      </Callout>
      <Figures
        items={[
          {
            id: 'contacts',
            label: t('learned.contacted'),
            value: number(totals.contacted),
            note: t('learned.contacted-note', { planned: number(totals.planned) }),
          },
          {
            id: 'expected',
            label: t('learned.expected'),
            value: number(totals.expected, 1),
            note: t('learned.ripe-note', { days: data.answerDays, ripe: number(totals.ripe) }),
          },
          { id: 'came', label: t('learned.observed'), value: number(totals.taken) },
          {
            id: 'alarms',
            label: t('learned.alarms'),
            value: number(totals.alarms),
            note: t('learned.alarms-note', { tests: number(totals.tests) }),
            tone: totals.alarms > 0 ? 'bad' : undefined,
          },
          {
            id: 'fit',
            label: t('learned.fit'),
            value: t(calibration.odds >= 20 ? 'learned.fit-not' : 'learned.fit-yes'),
            note: t('learned.fit-note', {
              error: percent(calibration.error, 2),
              odds: oddsInWords(calibration.odds, t, number),
            }),
            tone: calibration.odds >= 20 ? 'warn' : undefined,
          },
        ]}
      />
      <Panel title={t('learned.reliability')} note={t('learned.reliability-note')}>
        <Reliability points={calibration.points} />
      </Panel>
      <Panel title={t('learned.cells')} note={t('learned.cells-note')} flush>
        <Cells cells={data.cells.slice(0, MOST)} by={by} currency={data.currency} />
        {data.cells.length > MOST ? (
          <p className="small muted" style={{ padding: '8px 16px' }}>
            {t('learned.more-cells', { count: number(data.cells.length) })}
          </p>
        ) : null}
      </Panel>
      <Terms of={['expected', 'held-out', 'interval', 'odds', 'evidence', 'calibration']} />
    </>
  )
}

function Cells({ cells, by, currency }: { cells: ResponseCell[]; by: string; currency: string }) {
  const { t, say, term, number, percent, money } = useText()
  const all = by === 'all'
  const columns: Column<ResponseCell>[] = [
    ...(all || by === 'segment'
      ? [{ id: 'segment', title: t('learned.segment'), cell: (row: ResponseCell) => say(row.segmentName) }]
      : []),
    ...(all || by === 'offer'
      ? [{ id: 'offer', title: t('learned.offer'), cell: (row: ResponseCell) => say(row.offerName) }]
      : []),
    ...(all || by === 'channel'
      ? [{ id: 'channel', title: t('learned.channel'), cell: (row: ResponseCell) => term('channel', row.channel) }]
      : []),
    {
      id: 'ripe',
      title: t('learned.contacted'),
      right: true,
      cell: row => number(row.ripe),
      by: row => row.ripe,
    },
    {
      id: 'expected',
      title: t('learned.expected'),
      right: true,
      cell: row => number(row.expected, 1),
      by: row => row.expected,
    },
    { id: 'taken', title: t('learned.observed'), right: true, cell: row => number(row.taken), by: row => row.taken },
    {
      id: 'rate',
      title: t('learned.rate-cell'),
      right: true,
      by: row => row.rate.share,
      cell: row => (
        <>
          {percent(row.rate.share, 2)}
          <div className="small muted nowrap">{`${percent(row.rate.low, 1)} – ${percent(row.rate.high, 1)}`}</div>
        </>
      ),
    },
    {
      id: 'factor',
      title: t('learned.factor'),
      by: row => row.factor.low,
      cell: row => {
        const words = t('learned.net-range', { low: number(row.factor.low, 2), high: number(row.factor.high, 2) })
        return (
          <>
            <RangeBar
              {...{
                low: row.factor.low,
                high: row.factor.high,
                neutral: 1,
                from: 0.14,
                to: 7.4,
                log: true,
                label: words,
              }}
              tone={row.alarm ? 'bad' : 'plain'}
            />
            <div className="small muted nowrap">{words}</div>
          </>
        )
      },
    },
    {
      id: 'odds',
      title: t('learned.odds'),
      right: true,
      by: row => row.odds,
      cell: row =>
        row.alarm ? <Chip tone="bad">{oddsInWords(row.odds, t, number)}</Chip> : oddsInWords(row.odds, t, number),
    },
    {
      id: 'bought',
      title: t('learned.bought'),
      right: true,
      by: row => row.bought?.difference ?? 0,
      cell: row =>
        row.bought ? (
          <>
            {percent(row.bought.difference, 1)}
            <div className="small muted nowrap">{`${percent(row.bought.low, 1)} – ${percent(row.bought.high, 1)}`}</div>
            <div className="small muted nowrap">{t('learned.control-of', { count: number(row.control) })}</div>
          </>
        ) : (
          '–'
        ),
    },
    {
      id: 'margin',
      title: t('learned.margin'),
      right: true,
      by: row => row.margin?.difference ?? 0,
      cell: row =>
        row.margin ? (
          <>
            {money(row.margin.difference, currency, { pennies: true, sign: true })}
            <div className="small muted nowrap">
              {t('learned.net-range', { low: money(row.margin.low, currency), high: money(row.margin.high, currency) })}
            </div>
          </>
        ) : (
          '–'
        ),
    },
  ]
  return <DataTable columns={columns} rows={cells} rowId={row => `${row.segment}/${row.offer}/${row.channel}`} />
}
