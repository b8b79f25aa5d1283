/** What a trial led to: the script that is kept is proposed as the next version, and the circles that rest on the trial record it. */
import { proposeVersion } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { note } from './circles.ts'
import { teamErrors } from './errors.ts'
import { trialById } from './trials.ts'
import type { Variant } from './variant.ts'

interface Person {
  userId: number
  name: string
}

/** Decided once: a running trial ends by it, one that ended by itself is decided afterwards. */
export async function decideTrial(
  app: App,
  trialId: number,
  { kept, remark }: { kept: Variant | ''; remark: string },
  who: Person,
): Promise<{ draft: number | null }> {
  const trial = await trialById(app, trialId)
  if (trial.decided_at !== null) throw teamErrors['team.trial-closed']({ trial: trialId })
  const version = kept === 'b' ? trial.version_b : trial.version_a
  // Asked first: where it cannot be, nothing is decided.
  const draft =
    kept === ''
      ? null
      : await proposeVersion(app, { template: trial.template, version, note: `${trial.name}: ${remark}` }, who)
  const now = new Date()
  const decided = await app.workflow.db
    .updateTable('script_trials')
    .set({
      state: 'closed',
      kept,
      remark,
      draft_id: draft,
      decided_at: now,
      closed_at: trial.closed_at ?? now,
      ended: trial.ended === '' ? 'person' : trial.ended,
    })
    .where('trial_id', '=', trialId)
    .where('decided_at', 'is', null)
    .returning('trial_id')
    .executeTakeFirst()
  if (!decided) throw teamErrors['team.trial-closed']({ trial: trialId })
  await recordInCircles(app, trialId, { kept, remark, draft, version }, who.userId)
  return { draft }
}

async function recordInCircles(
  app: App,
  trialId: number,
  { kept, remark, draft, version }: { kept: Variant | ''; remark: string; draft: number | null; version: number },
  userId: number,
): Promise<void> {
  const { db } = app.workflow
  const circles = (await db.selectFrom('improvement_circles').selectAll().execute()).filter(
    ({ body }) => body.do.trialId === trialId,
  )
  for (const { circle_id, body } of circles) {
    const act = { decision: kept === 'b' ? ('kept' as const) : ('dropped' as const), words: remark }
    // What a person decided already stays.
    if (body.act.decision === null)
      await db
        .updateTable('improvement_circles')
        .set({ body: asJson({ ...body, act }), changed_at: new Date() })
        .where('circle_id', '=', circle_id)
        .execute()
    const text = [kept.toUpperCase() || '–', kept === '' ? '' : `v${version}`, draft === null ? '' : `#${draft}`]
    await note(app, circle_id, { kind: 'trial', text: text.filter(part => part !== '').join(' '), userId })
  }
}
