import type { Loop, LoopStep } from '../../api/loop.ts'
import { useText } from '../../i18n/use-text.ts'
import { Meter } from '../../kit/index.ts'

interface StepTimesProps {
  steps: LoopStep[]
  running: Loop['running']
  /** Two columns. */
  wide: boolean
}

/** What each step took, beside the longest. */
export function StepTimes({ steps, running, wide }: StepTimesProps) {
  const { t, say, term, seconds } = useText()
  const longest = Math.max(...steps.map(step => step.seconds ?? 0), 0.001)
  return (
    <ol className={wide ? 'steps wide' : 'steps'}>
      {steps.map(step => {
        const now = running?.step === step.id ? running : null
        const share = now ? (now.total > 0 ? now.done / now.total : 0) : (step.seconds ?? 0) / longest
        return (
          <li key={step.id}>
            <span className={`dot ${step.state}`} title={term('state', step.state)} />
            <span className="name">{say(step.title)}</span>
            <Meter
              share={share}
              tone={step.state === 'failed' ? 'bad' : undefined}
              label={now ? t('loop.progress', { done: now.done, total: now.total }) : term('state', step.state)}
            />
            <span className="time muted">{step.seconds === null ? '–' : seconds(step.seconds)}</span>
          </li>
        )
      })}
    </ol>
  )
}
