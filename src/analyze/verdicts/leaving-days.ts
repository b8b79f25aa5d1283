import type { App } from '../../platform/app.ts'
import { meaningOf } from '../judge/step.ts'
import { modelOf } from '../models/registry.ts'
import type { PastTurn } from './turns.ts'

/** After how many days of silence a customer counted as gone in a turn; null where no churn model was used, or leaving was the end of a contract. */
export async function leavingDays(app: Pick<App, 'workflow'>, turn: PastTurn): Promise<number | null> {
  const model = await modelOf(app.workflow, turn.models, 'churn')
  if (!model || model.problem !== null) return null
  const meaning = await meaningOf(app.workflow, model.version_id)
  return meaning.kind === 'silence' ? meaning.days : null
}
