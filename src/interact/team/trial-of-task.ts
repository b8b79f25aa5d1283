import type { Selectable } from 'kysely'
import { manifestOf } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import type { WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { type Variant, variantOf } from './variant.ts'
import './tables.ts'

export type Trial = Selectable<WorkflowSchema['script_trials']>

export interface InTrial {
  trialId: number
  variant: Variant
  version: number
}

interface TaskOfList {
  task_id: string
  kind: string
  list: string
}

/** The variant a task is called with; null where no trial runs on its list, or its script was made from another template. */
export async function trialOfTask(app: App, task: TaskOfList): Promise<InTrial | null> {
  if (task.kind !== 'campaign') return null
  const trial = await app.workflow.db
    .selectFrom('script_trials')
    .selectAll()
    .where('list', '=', task.list)
    .where('state', '=', 'live')
    .executeTakeFirst()
  if (!trial) return null
  const composed = await manifestOf(app, task.task_id).catch(() => null)
  return composed?.template === trial.template && composed.state === 'composed' ? inTrial(trial, task.task_id) : null
}

export function inTrial(trial: Trial, taskId: string): InTrial {
  const variant = variantOf(trial.trial_id, taskId, trial.share)
  return { trialId: trial.trial_id, variant, version: variant === 'a' ? trial.version_a : trial.version_b }
}
