import { manifestOf, scriptAs } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { hider } from '../hide-personal.ts'
import { endingOf } from '../outcomes/endings.ts'
import { kindOf } from '../tasks/kinds/index.ts'
import type { DeskScript } from '../tasks/kinds/kind.ts'
import { teamErrors } from './errors.ts'
import type { Sample } from './samples.ts'
import { trialById } from './trials.ts'

interface Said {
  answers: Record<string, string>
  note: string
}

/**
 * A call as a listener opens it: recording, outcome, what was written down, and the script in the words that were before the agent.
 * Whoever may not see customers' names and numbers gets them masked wherever they stand.
 */
export async function sampleView(app: App, sample: Sample, reader: { roles: readonly string[] }) {
  const { db } = app.workflow
  const outcome = await endOf(app, sample)
  const [task, call, said, name] = await Promise.all([
    db.selectFrom('tasks').selectAll().where('task_id', '=', outcome.task_id).executeTakeFirst(),
    db
      .selectFrom('desk_calls')
      .select(['recording', 'rang_at'])
      .where('task_id', '=', outcome.task_id)
      .where('recording', '!=', '')
      .where('rang_at', '<=', outcome.at)
      .orderBy('rang_at', 'desc')
      .executeTakeFirst(),
    saidIn(app, outcome.customer_id, outcome.outcome_id),
    nameOf(app, outcome.customer_id),
  ])
  const hide = hider(name, reader)
  const script = task && outcome.customer_id > 0 ? await asSaid(app, task, outcome) : null
  return {
    outcome,
    recording: call?.recording ?? '',
    note: hide(said.note),
    answers: Object.entries(said.answers).map(([field, value]) => ({ field, value: hide(value) })),
    script:
      script?.blocks.map(({ id, title, say, fields }) => ({
        id,
        title: hide(title),
        say: hide(say),
        fields: fields.map(field => ({ id: field.id, label: field.label })),
      })) ?? null,
  }
}

/** As it was written down, taken back since or not. */
async function endOf({ workflow }: App, { sample_id, outcome_id }: Sample) {
  const stands = await workflow.db
    .selectFrom('desk_outcomes')
    .selectAll()
    .where('outcome_id', '=', outcome_id)
    .executeTakeFirst()
  const was = stands ? null : (await endingOf({ workflow }, outcome_id))?.was
  if (!stands && !was) throw teamErrors['team.no-sample']({ sample: sample_id })
  return stands ?? { ...was!, at: new Date(was!.at) }
}

async function saidIn(app: App, customerId: number, outcomeId: string): Promise<Said> {
  const [row] = await app.facts.query<{ payload: string }>(
    `SELECT payload FROM events FINAL WHERE customer_id = {customer:UInt64} AND event_id = {id:String}`,
    { customer: customerId, id: `call:${outcomeId}` },
  )
  const { answers = {}, note = '' } = JSON.parse(row?.payload || '{}') as Partial<Said>
  return { answers, note }
}

type Task = Parameters<ReturnType<typeof kindOf>['script']>[1]

/** A trial closed or begun since does not change what was said. */
async function asSaid(
  app: App,
  task: Task,
  { trial_id, variant }: { trial_id: number | null; variant: string | null },
): Promise<DeskScript | null> {
  try {
    if (task.kind !== 'campaign') return await kindOf(task.kind).script(app, task)
    const trial = trial_id === null ? null : await trialById(app, trial_id)
    const version = trial
      ? trial[variant === 'b' ? 'version_b' : 'version_a']
      : (await manifestOf(app, task.task_id)).template_version
    const script = await scriptAs(app, task.task_id, version)
    return { language: script.language, blocks: script.blocks as DeskScript['blocks'] }
  } catch (error) {
    app.log.warn({ err: error, task: task.task_id }, 'a script cannot be shown to a listener')
    return null
  }
}

async function nameOf(app: App, customerId: number): Promise<string> {
  const runId = await app.runs.latest('identity')
  if (runId === null || customerId === 0) return ''
  const [row] = await app.facts.query<{ name: string }>(
    'SELECT name FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id = {id:UInt64}',
    { runId, id: customerId },
  )
  return row?.name ?? ''
}
