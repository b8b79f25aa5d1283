import { Link } from 'react-router'
import type { LearnedTurn, LoopPage } from '../../api/learning.ts'
import { useGet } from '../../api/queries.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Callout, Chip, type Column, DataTable, Panel } from '../../kit/index.ts'
import { ExportMenu } from '../analyze/seven-p/export-menu.tsx'
import { PromiseChart } from './promise-chart.tsx'
import { Story } from './story.tsx'
import { Terms } from './terms.tsx'
import { Years } from './years.tsx'

/** What we believed, what we said, what came back, what we changed, what it earned. */
export function LoopTab() {
  const { t } = useText()
  const loop = useGet<LoopPage>('/learning/loop')
  return (
    <Async query={loop} lines={10}>
      {data =>
        data.turns.length === 0 ? (
          <Blank title={t('learned.no-turn')}>{t('learned.no-turn-hint')}</Blank>
        ) : (
          <div className="stack">
            {data.turns.length === 1 ? (
              <Callout title={t('learned.one-turn')}>{t('learned.one-turn-hint')}</Callout>
            ) : null}
            <Story loop={data} />
            {data.turns.some(turn => turn.replay) ? (
              <Callout title={t('learned.replay-title')}>{t('learned.replay-hint')}</Callout>
            ) : null}
            <Panel title={t('learned.years')} note={t('learned.years-note')} flush>
              <Years years={data.years} currency={data.currency} />
            </Panel>
            <PromiseChart turns={data.turns} />
            <Panel title={t('learned.turns')} extra={<ExportMenu path="/learning/loop/export" query={{}} />} flush>
              <Turns turns={data.turns} currency={data.currency} />
            </Panel>
            <Terms of={['turn', 'held-out', 'interval', 'expected', 'cuped']} />
          </div>
        )
      }
    </Async>
  )
}

/** Of what was changed before a turn, the newest. */
const SHOWN = 3

function Changes({ rows }: { rows: LearnedTurn['changed'] }) {
  const { say } = useText()
  return rows.map(change => (
    <div key={`${change.kind}${change.what.en}`} className="small wrap">
      {say(change.what)}
      {change.by ? <span className="muted"> · {change.by}</span> : null}
    </div>
  ))
}

function Turns({ turns, currency }: { turns: LearnedTurn[]; currency: string }) {
  const { t, number, money, day } = useText()
  const columns: Column<LearnedTurn>[] = [
    {
      id: 'turn',
      title: t('learned.turn'),
      cell: row => (
        <>
          <Link to={`/campaigns/${row.campaign}`} className="strong nowrap">
            {day(row.asOf)}
          </Link>
          {row.replay ? (
            <div>
              <Chip tone="outline" title={t('learned.replay-hint')}>
                {t('learned.replay')}
              </Chip>
            </div>
          ) : null}
        </>
      ),
    },
    {
      id: 'believed',
      title: t('learned.believed'),
      cell: ({ believed }) => (
        <>
          {t('learned.believed-cell', {
            answers: number(believed.answers),
            value: money(believed.value, currency),
          })}
          {believed.calibrated > 0 ? (
            <div className="small muted">{t('learned.calibrated', { cells: number(believed.calibrated) })}</div>
          ) : null}
        </>
      ),
    },
    {
      id: 'said',
      title: t('learned.said'),
      cell: ({ said }) =>
        t('learned.said-cell', {
          contacted: number(said.contacted),
          planned: number(said.planned),
          control: number(said.control),
        }),
    },
    {
      id: 'came',
      title: t('learned.came'),
      cell: ({ came, replay }) =>
        replay
          ? '–'
          : came.ripe === 0
            ? t('learned.came-waiting')
            : t('learned.came-cell', { taken: number(came.taken), expected: number(came.expected) }),
    },
    {
      id: 'changed',
      title: t('learned.changed'),
      cell: ({ changed }) =>
        changed.length === 0 ? (
          <span className="muted">{t('learned.unchanged')}</span>
        ) : (
          <>
            <Changes rows={changed.slice(-SHOWN)} />
            {changed.length > SHOWN ? (
              <details className="small">
                <summary>{t('learned.more-changes', { count: number(changed.length - SHOWN) })}</summary>
                <Changes rows={changed.slice(0, -SHOWN)} />
              </details>
            ) : null}
          </>
        ),
    },
    {
      id: 'earned',
      title: t('learned.earned'),
      right: true,
      cell: ({ earned }) =>
        earned ? (
          <>
            <span className="strong">{money(earned.net, currency, { sign: true })}</span>
            <div className="small muted">
              {t('learned.net-range', { low: money(earned.low, currency), high: money(earned.high, currency) })}
            </div>
            <div className="small muted">
              {earned.over
                ? t('learned.plain-range', {
                    low: money(earned.plainLow, currency),
                    high: money(earned.plainHigh, currency),
                  })
                : t('learned.not-over')}
            </div>
          </>
        ) : (
          <span className="muted">{t('learned.not-measured')}</span>
        ),
    },
  ]
  return <DataTable columns={columns} rows={turns} rowId={row => row.turn} />
}
