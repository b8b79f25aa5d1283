/**
 * Cases somebody has to ring about: late ones, whose customer hears where it stands, once for each time it was escalated; and those that
 * are resolved, where no mail or SMS could tell the customer so.
 */
import { sql } from 'kysely'
import type { App } from '../../../platform/app.ts'
import type { Text } from '../../../platform/text.ts'
import { noteTold } from '../../cases/note-told.ts'
import { change } from '../../cases/with-note.ts'
import { reachedBy } from '../outcome-codes.ts'
import type { Task } from '../task-table.ts'
import { bringWanted } from './bring-wanted.ts'
import type { TaskKind } from './kind.ts'
import { noteScript } from './note-script.ts'

/** `case-late-17-0-2`: why, number, times it was opened again, level. */
const caseOf = (taskId: string): number => Number(taskId.split('-')[2])
const isLate = ({ task_id }: Task): boolean => task_id.startsWith('case-late-')

interface ToRing {
  task_id: string
  customer_id: number
  title: string
  language: string
  level: number
  category: string
}

/** What was rung about is not asked for again. */
const TO_RING = sql<ToRing>`
  SELECT wanted.* FROM (
    SELECT 'case-late-' || case_id || '-' || reopened || '-' || level AS task_id, customer_id::float8 AS customer_id, title, language, level, category
    FROM cases WHERE state = 'open' AND level > 0 AND customer_id > 0
    UNION ALL
    SELECT 'case-told-' || case_id || '-' || reopened || '-0', customer_id::float8, title, language, 0, category
    FROM cases c WHERE state = 'resolved' AND told_at IS NULL AND customer_id > 0 AND outcome <> 'mistaken'
      AND resolved_at > now() - interval '30 days' AND EXISTS (
        SELECT 1 FROM customer_notices n WHERE n.kind = 'case-resolved' AND split_part(n.subject, ':', 1) = c.case_id::text
          AND n.customer_id = c.customer_id AND n.state IN ('nobody', 'failed'))
  ) AS wanted LEFT JOIN tasks t ON t.task_id = wanted.task_id AND t.state = 'done'
  WHERE t.task_id IS NULL LIMIT 1000`

export const aboutCase: TaskKind = {
  id: 'case',
  name: { en: 'Cases', zh: '工单' },
  contact: 'service',
  async bring(app) {
    const { rows } = await TO_RING.execute(app.workflow.db)
    await bringWanted(
      app,
      'case',
      rows.map(({ task_id, customer_id, title, language, level }) => ({
        taskId: task_id,
        kind: 'case',
        rank: 15,
        customerId: customer_id,
        priority: level,
        subject: { title: { en: title, zh: title }, reason: '' },
        ...(language === '' ? {} : { language }),
      })),
    )
  },
  titles: async (_, tasks) => new Map(tasks.map(task => [task.task_id, task.subject?.title ?? aboutCase.name])),
  async script(app, task) {
    const about = task.subject?.title
    return noteScript(task.language, about, isLate(task) ? late(about) : await resolved(app, task))
  },
  async settle(app, task, { outcome, answers, eventId }) {
    if (!reachedBy(outcome)) return
    const id = caseOf(task.task_id)
    if (isLate(task)) await noteCalled(app, id, answers['reason']?.trim() || '–')
    else if (!(await toldAlready(app, id))) await noteTold(app, id, null, eventId)
  },
  async reopen(app, task, eventId) {
    await sql`UPDATE cases SET told_at = NULL, told_how = '' WHERE case_id = ${caseOf(task.task_id)} AND told_how = ${eventId}`.execute(
      app.workflow.db,
    )
  },
}

/** Done again after a crash, it is noted once. */
async function noteCalled(app: App, caseId: number, text: string): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM case_notes WHERE case_id = ${caseId} AND what = 'called' AND text = ${text}
    AND at > now() - interval '1 hour'`.execute(app.workflow.db)
  if (rows.length === 0) await change(app, caseId, null, async () => ({ what: 'called', text }), true)
}

async function toldAlready({ workflow }: App, caseId: number): Promise<boolean> {
  const row = await workflow.db.selectFrom('cases').select('told_at').where('case_id', '=', caseId).executeTakeFirst()
  return !row || row.told_at !== null
}

const late = (about: Text | undefined): Text => ({
  en: `You told us of “${about?.en ?? ''}”. It takes longer than we promised, and we are sorry. I can tell you where it stands. Is there anything we should know?`,
  zh: `您曾反映“${about?.zh ?? ''}”。处理时间超过了我们的承诺，非常抱歉。我来告诉您目前的进展，您还有需要补充的吗？`,
})

async function resolved({ workflow }: App, { task_id, subject }: Task): Promise<Text> {
  const row = await workflow.db
    .selectFrom('cases')
    .select('resolution')
    .where('case_id', '=', caseOf(task_id))
    .executeTakeFirst()
  return {
    en: `You told us of “${subject?.title.en ?? ''}”. This is what was done: ${row?.resolution ?? ''} Is it settled for you?`,
    zh: `您曾反映“${subject?.title.zh ?? ''}”。处理结果：${row?.resolution ?? ''}请问您满意吗？`,
  }
}
