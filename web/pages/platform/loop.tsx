import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type Loop, type LoopTurn, useLoop } from '../../api/loop.ts'
import { useMay } from '../../api/session.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Callout, Chip, Page, Panel, toneOf } from '../../kit/index.ts'
import { TurnNotes } from '../analyze/features/turn-notes.tsx'
import { LoopRing } from './loop-ring.tsx'
import { ModelVerdicts } from './model-verdicts.tsx'
import { StartTurn } from './start-turn.tsx'
import { StepTimes } from './step-times.tsx'
import { TurnSummary } from './turn-summary.tsx'

export default function LoopPage() {
  const { t } = useText()
  const may = useMay()
  const loop = useLoop()
  useFreshAfterTurn(loop.data?.turn ?? null)
  return (
    <Page
      title={t('loop.title')}
      lead={t('loop.lead')}
      actions={
        may('turn.run') ? <StartTurn busy={loop.data?.turn?.state === 'running'} asOf={loop.data?.turn?.asOf} /> : null
      }
    >
      <Async query={loop} lines={10}>
        {data => (data.turn ? <Turned loop={data} /> : <NotTurned mayRun={may('turn.run')} />)}
      </Async>
    </Page>
  )
}

/** When a turn ends, every page has something new to say. */
function useFreshAfterTurn(turn: LoopTurn | null): void {
  const client = useQueryClient()
  const before = useRef(turn)
  useEffect(() => {
    const ended = before.current?.state === 'running' && turn !== null && turn.state !== 'running'
    before.current = turn
    if (ended) void client.invalidateQueries({ predicate: query => query.queryKey[0] !== '/loop' })
  }, [turn, client])
}

function NotTurned({ mayRun }: { mayRun: boolean }) {
  const { t } = useText()
  return (
    <Panel>
      <Blank title={t('loop.none')}>{mayRun ? t('loop.none-run') : t('loop.none-wait')}</Blank>
    </Panel>
  )
}

function Turned({ loop }: { loop: Loop }) {
  const { t, term, day } = useText()
  const may = useMay()
  const turn = loop.turn
  if (!turn) return null
  // While a turn runs its models have not been judged, and the steps are what one watches.
  const judged = may('insight.read') && turn.state !== 'running'
  const steps = (
    <Panel title={t('loop.steps')} extra={<Chip tone={toneOf(turn.state)}>{term('state', turn.state)}</Chip>} flush>
      <StepTimes steps={loop.steps} running={loop.running} wide={judged} />
    </Panel>
  )
  return (
    <div className="stack">
      {turn.state === 'failed' ? (
        <Callout tone="bad" title={t('loop.failed', { turn: turn.id, day: day(turn.asOf) })}>
          {turn.error ?? t('loop.failed-how')}
        </Callout>
      ) : null}
      <LoopRing loop={loop} turn={turn} />
      <div className="columns wide-left">
        <div className="stack">
          <TurnSummary counts={loop.counts} />
          {turn.state === 'running' ? null : <TurnNotes />}
          {judged ? steps : null}
        </div>
        {judged ? <ModelVerdicts /> : steps}
      </div>
    </div>
  )
}
