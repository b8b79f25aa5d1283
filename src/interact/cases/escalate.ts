/** Cases past their deadline go up, step by step, and whoever is to do something about it is told each time. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { caseSettings } from './settings.ts'
import { type Late, tellLate } from './tell-late.ts'
import { workingMinutesBetween } from './working-hours.ts'

export const escalateJob = defineJob({
  name: 'interact.escalate-cases',
  version: 1,
  schema: z.object({}),
  retry: { limit: 0, delaySeconds: 1 },
  async handle(_, { services: { app } }) {
    await escalateCases(app)
  },
}) as JobDefinition

/** How many went up. The level is that of the working time gone since the deadline, so that a missed look is made good by the next. */
export async function escalateCases(app: App, now = new Date()): Promise<number> {
  const { hours, escalateEvery, escalateTimes } = await caseSettings(app)
  const late = await app.workflow.db
    .selectFrom('cases')
    .select(['case_id', 'category', 'owner', 'due_at', 'level'])
    .where('state', '=', 'open')
    .where('due_at', '<=', now)
    .where('level', '<', escalateTimes)
    .orderBy('due_at')
    .limit(1000)
    .execute()
  const raised: Late[] = []
  for (const row of late) {
    const level = Math.min(escalateTimes, 1 + Math.floor(workingMinutesBetween(row.due_at, now, hours) / escalateEvery))
    if (level <= row.level) continue
    const { numUpdatedRows } = await app.workflow.db
      .updateTable('cases')
      .set({ level, updated_at: now })
      .where('case_id', '=', row.case_id)
      .where('level', '=', row.level)
      .where('state', '=', 'open')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) continue
    await app.workflow.db
      .insertInto('case_notes')
      .values({ case_id: row.case_id, at: now, user_id: null, what: 'escalated', text: String(level) })
      .execute()
    raised.push({ caseId: row.case_id, category: row.category, owner: row.owner, level })
  }
  await tellLate(app, raised, now)
  return raised.length
}
