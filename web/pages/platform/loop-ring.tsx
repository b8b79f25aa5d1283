import { Fragment } from 'react'
import type { Loop, LoopTurn } from '../../api/loop.ts'
import { useMay } from '../../api/session.ts'
import { useText } from '../../i18n/use-text.ts'
import { Chip, toneOf } from '../../kit/index.ts'
import { doorOf } from '../../shell/nav-items.tsx'
import { LoopArrow } from './loop-arrow.tsx'
import { StageDoor } from './stage-door.tsx'
import { stagesOf } from './stage-figures.ts'

/** Where each arrow of the ring leads. */
const ways = ['right', 'right', 'down', 'left', 'left', 'up'] as const

/** The turn as one picture: six doors on a ring, the answers on their way back up, the turn itself in the middle. */
export function LoopRing({ loop, turn }: { loop: Loop; turn: LoopTurn }) {
  const speech = useText()
  const { t } = speech
  const may = useMay()
  const stages = stagesOf(loop, speech)
  const runningStage = loop.steps.find(step => step.id === loop.running?.step)?.stage
  return (
    <section className="ring" aria-label={t('loop.picture')}>
      {stages.map((stage, index) => (
        <Fragment key={stage.id}>
          <StageDoor
            stage={stage}
            to={doorOf(stage.id, may)}
            running={stage.id === runningStage ? loop.running : null}
          />
          <LoopArrow
            from={stage.id}
            way={ways[index] ?? 'right'}
            live={stage.state === 'done'}
            label={stage.id === 'interact' ? t('loop.answers') : undefined}
          />
        </Fragment>
      ))}
      <Hub turn={turn} seconds={loop.steps.reduce((sum, step) => sum + (step.seconds ?? 0), 0)} />
    </section>
  )
}

function Hub({ turn, seconds }: { turn: LoopTurn; seconds: number }) {
  const { t, term, day, seconds: time, instant } = useText()
  return (
    <div className="ring-hub">
      <div className="small muted">{t('loop.turn-as-of', { turn: turn.id })}</div>
      <div className="ring-date">{day(turn.asOf)}</div>
      <div className="row" style={{ justifyContent: 'center' }}>
        <Chip tone={toneOf(turn.state)}>{term('state', turn.state)}</Chip>
        <span className="small muted">
          {turn.finishedAt ? t('loop.took', { time: time(seconds), at: instant(turn.finishedAt) }) : time(seconds)}
        </span>
      </div>
    </div>
  )
}
