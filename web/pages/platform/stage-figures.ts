import type { Figures, Loop, LoopStep, StageId, StepState } from '../../api/loop.ts'
import type { MessageId } from '../../i18n/i18n.ts'
import type { Speech } from '../../i18n/use-text.ts'

export interface StageFigure {
  label: MessageId
  value: string
}

export interface StageView {
  id: StageId
  state: StepState
  seconds: number
  figures: StageFigure[]
}

const order: readonly StageId[] = ['collect', 'analyze', 'optimize', 'campaign', 'personalize', 'interact']

/** Steps that look back at the whole loop (judge, measure) do not make a stage look unfinished. */
const learning = new Set(['judge', 'measure'])

export function stagesOf(loop: Loop, speech: Speech): StageView[] {
  return order.map(id => {
    const steps = loop.steps.filter(step => step.stage === id)
    const own = steps.filter(step => !learning.has(step.id))
    return {
      id,
      state: stateOf(own),
      seconds: steps.reduce((sum, step) => sum + (step.seconds ?? 0), 0),
      figures: figuresOf(id, loop, speech),
    }
  })
}

function stateOf(steps: LoopStep[]): StepState {
  if (steps.some(step => step.state === 'failed')) return 'failed'
  if (steps.some(step => step.state === 'running')) return 'running'
  return steps.length > 0 && steps.every(step => step.state === 'done') ? 'done' : 'waiting'
}

function figuresOf(stage: StageId, loop: Loop, { number, gap: gapWords }: Speech): StageFigure[] {
  const of = (step: string): Figures => loop.steps.find(candidate => candidate.id === step)?.figures ?? {}
  const count = (label: MessageId, value: unknown): StageFigure | null =>
    typeof value === 'number' ? { label, value: number(value) } : null
  const { counts } = loop
  const segments = counts['segments']
  const gap = of('plan')['gap']
  const lists: Record<StageId, (StageFigure | null)[]> = {
    collect: [
      count('figure.customers', counts['customers']),
      count('figure.rowsIn', counts['rowsIn']),
      count('figure.quarantined', counts['quarantined']),
    ],
    analyze: [
      count('figure.segmented', of('segments')['customers'] ?? counts['customers']),
      typeof segments === 'object' ? count('figure.segments', Object.keys(segments).length) : null,
      count('figure.features', of('features')['features']),
    ],
    optimize: [
      count('figure.offers', of('plan')['assigned']),
      count('figure.control', of('plan')['control'] ?? counts['control']),
      typeof gap === 'number' ? { label: 'figure.gap', value: gapWords(gap) } : null,
    ],
    campaign: [count('figure.planned', of('campaign')['planned']), count('figure.control', of('campaign')['control'])],
    personalize: [count('figure.composed', counts['composed']), count('figure.held', counts['held'])],
    interact: [
      count('figure.settled', counts['settled']),
      count('figure.refused', counts['refused']),
      count('figure.failed', counts['failed']),
    ],
  }
  return lists[stage].filter(figure => figure !== null)
}
