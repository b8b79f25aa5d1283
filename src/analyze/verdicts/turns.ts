import type { App } from '../../platform/app.ts'
import type { Params } from '../../platform/stores/facts/index.ts'
import { factors } from './odds-grid.ts'

/** A finished turn whose predictions can be held against what followed. */
export interface PastTurn {
  turn: number
  asOf: string
  /** The next turn's day: contacts from then on are its own. */
  until: string
  /** The day it was made: long after its date, it was replayed and nobody got its messages then. */
  madeAt: Date
  identity: number
  features: number
  models: number
  segments: number
}

/** The last day the engine's dates know. */
const NEVER = '2149-06-06'

/** Turns of different dates, the earliest first; of several of one date the last holds. */
export async function pastTurns(app: Pick<App, 'workflow' | 'runs'>): Promise<PastTurn[]> {
  const rows = await app.workflow.db
    .selectFrom('runs')
    .innerJoin('turns', 'turns.id', 'runs.turn_id')
    .select(['turns.id as turn', 'turns.as_of as asOf', 'runs.step', 'runs.id as run', 'turns.started_at as madeAt'])
    .where('runs.state', '=', 'committed')
    .where('runs.step', 'in', ['identity', 'features', 'models', 'segments'])
    .orderBy('turns.id')
    .orderBy('runs.id')
    .execute()
  const turns = new Map<string, PastTurn>()
  for (const [turn, runs] of Map.groupBy(rows, row => row.turn)) {
    const of = (step: string) => runs.findLast(row => row.step === step)?.run
    const [identity, features, models, segments] = ['identity', 'features', 'models', 'segments'].map(of)
    if (!identity || !features || !models || !segments) continue
    const { asOf, madeAt } = runs[0]!
    turns.set(asOf, { turn, asOf, until: NEVER, madeAt, identity, features, models, segments })
  }
  const rising = [...turns.values()].sort((a, b) => (a.asOf < b.asOf ? -1 : 1))
  return rising.map((turn, i) => ({ ...turn, until: rising[i + 1]?.asOf ?? NEVER }))
}

/** Parameters of the response statements. `today`: what is known by then counts. */
export const responseParams = (
  turns: readonly Pick<PastTurn, 'asOf' | 'until' | 'segments'>[],
  today: string,
  unheard: readonly string[] = [],
): Params => ({
  days: turns.map(turn => turn.asOf),
  segmentRuns: turns.map(turn => turn.segments),
  untils: turns.map(turn => turn.until),
  today,
  factors: [...factors],
  unheard: [...unheard],
})

const REPLAYED_AFTER_DAYS = 7

/** A turn as of a date long past reached nobody then: where a channel brought not a single answer, it says nothing of anybody. */
export const isReplay = ({ asOf, madeAt }: Pick<PastTurn, 'asOf' | 'madeAt'>): boolean =>
  madeAt.getTime() - Date.parse(`${asOf}T00:00:00Z`) > REPLAYED_AFTER_DAYS * 86_400_000
