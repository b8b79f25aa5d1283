import { useState } from 'react'
import { Link } from 'react-router'
import type { JudgedNeed, JudgedSegment, ModelVerdictPage, SegmentEvidence } from '../../api/learning.ts'
import { useGet } from '../../api/queries.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Button, Chip, type Column, DataTable, Panel, toneOf } from '../../kit/index.ts'
import { ExportMenu } from '../analyze/seven-p/export-menu.tsx'
import { BehindDrawer } from './behind-drawer.tsx'
import { oddsInWords } from './odds.ts'
import { Propose } from './propose.tsx'
import { RangeBar } from './range-bar.tsx'
import { StandingChip } from './standing.tsx'
import { Terms } from './terms.tsx'
import { Unheard } from './unheard.tsx'

const kinds = ['response', 'leaving', 'value'] as const

/** Which segments, scores and needs rules held, each with its evidence. */
export function VerdictTab() {
  const { t } = useText()
  const verdict = useGet<ModelVerdictPage>('/customer-model/verdict')
  return (
    <Async query={verdict} lines={12}>
      {data =>
        data.segments.length + data.scores.length + data.needs.length === 0 ? (
          <Blank title={t('learned.no-verdict')}>{t('learned.no-verdict-hint')}</Blank>
        ) : (
          <Verdict data={data} />
        )
      }
    </Async>
  )
}

function Verdict({ data }: { data: ModelVerdictPage }) {
  const { t, say, term } = useText()
  const [behind, setBehind] = useState<{ segment: JudgedSegment; evidence: SegmentEvidence } | null>(null)
  const scores: Column<ModelVerdictPage['scores'][number]>[] = [
    { id: 'title', title: t('learned.scores'), cell: row => <Link to={`/models/${row.model}`}>{say(row.title)}</Link> },
    {
      id: 'verdict',
      title: t('learned.standing'),
      cell: row => <Chip tone={toneOf(row.verdict)}>{term('verdict', row.verdict)}</Chip>,
    },
    { id: 'evidence', title: t('learned.evidence'), cell: row => <span className="wrap">{say(row.evidence)}</span> },
    {
      id: 'propose',
      title: '',
      cell: row =>
        row.correction !== null ? (
          <Waiting state={row.correction.state} />
        ) : row.remedy === 'propose' ? (
          <Propose kind="score" code={row.model} />
        ) : row.remedy === 'each-turn' ? (
          <span className="small muted">{t('learned.each-turn')}</span>
        ) : null,
    },
  ]
  return (
    <div className="stack">
      <Unheard ways={data.unheard} />
      <Panel
        title={t('learned.segments')}
        note={t('learned.segments-note')}
        extra={<ExportMenu path="/customer-model/verdict/export" query={{}} />}
        flush
      >
        <Segments data={data} onBehind={(segment, evidence) => setBehind({ segment, evidence })} />
      </Panel>
      <Panel title={t('learned.scores')} flush>
        <DataTable columns={scores} rows={data.scores} rowId={row => row.model} />
      </Panel>
      <Panel title={t('learned.needs')} note={t('learned.needs-note')} flush>
        <Needs needs={data.needs} />
      </Panel>
      <Terms of={['expected', 'interval', 'evidence', 'odds']} />
      <BehindDrawer behind={behind} currency={data.currency} onClose={() => setBehind(null)} />
    </div>
  )
}

interface SegmentsProps {
  data: ModelVerdictPage
  onBehind: (segment: JudgedSegment, evidence: SegmentEvidence) => void
}

function Segments({ data, onBehind }: SegmentsProps) {
  const { t, say } = useText()
  const columns: Column<JudgedSegment>[] = [
    {
      id: 'name',
      title: t('learned.segment'),
      by: row => say(row.name),
      cell: row => (
        <>
          <Link to={`/segments/${row.segment}`} className="strong">
            {say(row.name)}
          </Link>
          {row.rule ? <div className="small muted wrap">{say(row.rule)}</div> : null}
        </>
      ),
    },
    { id: 'standing', title: t('learned.standing'), cell: row => <StandingChip standing={row.standing} /> },
    ...kinds.map(
      (kind): Column<JudgedSegment> => ({
        id: kind,
        title: t(`learned.kind-${kind}`),
        cell: row => {
          const one = row.evidence.find(evidence => evidence.kind === kind)
          return one ? <Evidence one={one} currency={data.currency} onOpen={() => onBehind(row, one)} /> : '–'
        },
      }),
    ),
    {
      id: 'propose',
      title: '',
      cell: row =>
        row.correction !== null ? (
          <Waiting state={row.correction.state} />
        ) : row.standing === 'not-held' ? (
          <Propose kind="segment" code={row.segment} />
        ) : null,
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={data.segments}
      rowId={row => row.segment}
      empty={<Blank title={t('learned.no-verdict')}>{t('learned.no-verdict-hint')}</Blank>}
    />
  )
}

interface EvidenceProps {
  one: SegmentEvidence
  currency: string
  onOpen: () => void
}

/** What was said and what came; the words and the customers behind it are one press away. */
function Evidence({ one, currency, onOpen }: EvidenceProps) {
  const { t, say, number, money } = useText()
  const write = (value: number): string => (one.kind === 'value' ? money(value, currency) : number(value))
  return (
    <>
      <RangeBar
        low={Math.max(0.14, one.low)}
        high={Math.max(0.14, one.high)}
        neutral={1}
        from={0.14}
        to={7.4}
        log
        label={say(one.words)}
        tone={one.standing === 'not-held' ? 'bad' : 'plain'}
      />
      <div className="nowrap">
        {t('learned.said-came', { said: write(one.expected), came: write(one.observed) })}{' '}
        <Button type="link" size="small" onClick={onOpen}>
          {t('learned.behind')}
        </Button>
      </div>
      {one.standing === 'not-held' ? (
        <div className="small bad nowrap">
          {oddsInWords(one.odds, t, number)}
          {one.against === null ? '' : ` · ${t('learned.against-others', { times: number(one.against, 2) })}`}
        </div>
      ) : one.standing === 'held' && one.odds >= 20 ? (
        <div className="small muted wrap">{t('learned.as-others')}</div>
      ) : null}
    </>
  )
}

function Waiting({ state }: { state: 'asked' | 'approved' }) {
  const { t } = useText()
  return <Link to="?tab=corrections">{t(state === 'asked' ? 'learned.waiting' : 'learned.holds-next')}</Link>
}

function Needs({ needs }: { needs: JudgedNeed[] }) {
  const { t, say, number } = useText()
  const columns: Column<JudgedNeed>[] = [
    {
      id: 'name',
      title: t('learned.need-name'),
      by: row => say(row.name),
      cell: row => (
        <>
          <Link to={`/needs/${row.code}`}>{say(row.name)}</Link>
          <div className="small muted">{t('learned.need-since', { version: row.version, turns: row.turns })}</div>
        </>
      ),
    },
    {
      id: 'standing',
      title: t('learned.standing'),
      cell: row => (
        <>
          <StandingChip standing={row.standing} />
          {row.standing === 'unknown' ? null : <div className="small muted">{oddsInWords(row.odds, t, number)}</div>}
        </>
      ),
    },
    {
      id: 'proposed',
      title: t('learned.proposals'),
      right: true,
      cell: row => number(row.proposed),
      by: row => row.proposed,
    },
    { id: 'bought', title: t('learned.taken'), right: true, cell: row => number(row.bought), by: row => row.bought },
    {
      id: 'expected',
      title: t('learned.by-chance'),
      right: true,
      cell: row => number(row.expected, 1),
      by: row => row.expected,
    },
    {
      id: 'times',
      title: t('learned.times'),
      by: row => row.times ?? 0,
      cell: row => (
        <>
          <RangeBar
            low={Math.max(0.1, row.low)}
            high={Math.max(0.1, row.high)}
            at={row.times ?? undefined}
            neutral={1}
            from={0.1}
            to={10}
            log
            label={say(row.words)}
            tone={row.standing === 'not-held' ? 'bad' : row.standing === 'held' ? 'good' : 'plain'}
          />
          <div className="small muted nowrap">
            {row.times === null
              ? '–'
              : `${number(row.times, 2)} (${t('learned.net-range', { low: number(row.low, 2), high: number(row.high, 2) })})`}
          </div>
        </>
      ),
    },
    {
      id: 'propose',
      title: '',
      cell: row =>
        row.correction !== null ? (
          <Waiting state={row.correction.state} />
        ) : row.standing !== 'not-held' ? null : row.inForce === 'yes' ? (
          <Propose kind="need" code={row.code} />
        ) : (
          <span className="small muted">{t(`learned.need-${row.inForce}`)}</span>
        ),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={needs}
      rowId={row => `${row.code}@${row.version}`}
      empty={<Blank title={t('learned.no-needs')} />}
    />
  )
}
