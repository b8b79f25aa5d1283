import type { App } from '../../platform/app.ts'
import { type ModelVerdict, modelVerdicts } from '../registry/verdicts.ts'
import { type JudgedSegment, judgeSegments } from './judge-segments.ts'
import { type NeedEvidence, needOutcomes } from './need-outcomes.ts'
import { type Heard, withOutcomes } from './response.ts'
import { assignedMembers } from './response-sql.ts'
import { sameDefinition } from './same-definition.ts'
import { ofResponse, ofScores } from './segment-evidence.ts'
import { type PastTurn, pastTurns } from './turns.ts'

/** What became of everything the customer model said. */
export interface CustomerModelVerdict {
  /** Turns it rests on, the earliest first. */
  turns: PastTurn[]
  /** Those in which a segment was defined as it is now. */
  turnsOf: (segment: string) => PastTurn[]
  heard: Heard
  segments: JudgedSegment[]
  scores: ModelVerdict[]
  needs: NeedEvidence[]
}

export async function judgeCustomerModel(
  app: App,
  today = new Date().toISOString().slice(0, 10),
): Promise<CustomerModelVerdict> {
  const turns = await pastTurns(app)
  const turnsOf = await sameDefinition(app, turns)
  const ask = { members: assignedMembers, turns, today }
  const [{ heard, cells }, scored, scores, needs] = await Promise.all([
    withOutcomes(app, ask, async outcomes => ({
      heard: outcomes.heard,
      cells: await outcomes.cells(['turn', 'segment']),
    })),
    ofScores(app, turns, turnsOf),
    modelVerdicts(app),
    needOutcomes(app, turns),
  ])
  const answered = ofResponse(cells, heard.turns.at(-1)?.asOf ?? '', turnsOf)
  return {
    turns,
    turnsOf,
    heard,
    segments: judgeSegments([...answered, ...scored]),
    scores: [...scores.values()],
    needs,
  }
}

interface Kept {
  key: string
  at: number
  verdict: Promise<CustomerModelVerdict>
}

const kept = new WeakMap<object, Kept>()
/** Answers go on arriving: a verdict is at most so old. */
const KEPT_MS = 60_000

/** What it rests on has changed by another way than a turn. */
export const forgetVerdict = (app: Pick<App, 'facts'>): boolean => kept.delete(app.facts)

/** The verdict for pages: asked again while one looks about, computed once. */
export async function customerModelVerdict(app: App): Promise<CustomerModelVerdict> {
  const key = `${await app.runs.latest('segments')}/${await app.runs.latest('identity')}`
  const known = kept.get(app.facts)
  if (known?.key === key && Date.now() - known.at < KEPT_MS) return known.verdict
  const verdict = judgeCustomerModel(app)
  kept.set(app.facts, { key, at: Date.now(), verdict })
  verdict.catch(() => kept.delete(app.facts))
  return verdict
}
