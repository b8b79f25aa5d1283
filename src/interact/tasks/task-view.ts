import type { z } from 'zod'
import { offers } from '../../optimize/index.ts'
import { type Script, show } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { mask } from '../../platform/masking.ts'
import type { taskDetail, taskRow } from '../api.ts'
import { alarmNames, alarmOf, alarmScript, ofCommunication } from './alarm-task.ts'
import type { Task } from './task-table.ts'
import { questionNames, questionOf, questionScript } from './verification-task.ts'

type Row = z.infer<typeof taskRow>

interface Reader {
  userId: number
  roles: readonly string[]
}

interface Contact {
  customer_id: number
  name: string
  phone: string
}

/** Rows as an agent sees them: number and name whole only to whoever holds the task. */
export async function taskRows(app: App, tasks: readonly Task[], reader: Reader): Promise<Row[]> {
  const identityRun = await app.runs.latest('identity')
  const ids = [...new Set(tasks.map(task => task.customer_id))]
  const contacts =
    identityRun === null || ids.length === 0
      ? []
      : await app.facts.query<Contact>(
          `SELECT customer_id, name, if(mobile != '', mobile, landline) AS phone FROM golden_records
           WHERE run_id = {identityRun:UInt64} AND customer_id IN {ids:Array(UInt64)}`,
          { identityRun, ids },
        )
  const byId = new Map(contacts.map(contact => [contact.customer_id, contact]))
  const names = new Map((await offers(app)).map(offer => [offer.id, offer.name]))
  const questions = await questionNames(app, tasks)
  const alarms = await alarmNames(app, tasks)
  const holders = await holderNames(app, tasks)
  const seesNames = permits(reader, 'customers.contact')
  return tasks.map(task => {
    const contact = byId.get(task.customer_id)
    const mine = task.state === 'held' && task.held_by === reader.userId
    const name = contact?.name ?? ''
    return {
      taskId: task.task_id,
      customerId: task.customer_id,
      customerName: mine || seesNames ? name : mask('name', name),
      phone: mine ? (contact?.phone ?? '') : mask('phone', contact?.phone ?? ''),
      offer: task.offer,
      offerName: questions.get(task.task_id) ??
        alarms.get(task.task_id) ??
        names.get(task.offer) ?? { en: task.offer, zh: task.offer },
      priority: task.priority,
      state: task.state,
      heldBy: task.held_by === null ? null : (holders.get(task.held_by) ?? String(task.held_by)),
      language: task.language,
      attempts: task.attempts,
      dueAt: task.due_at?.toISOString() ?? null,
      outcome: task.outcome,
      communicationId: ofCommunication(task.task_id) ? task.task_id : '',
    }
  })
}

/** With the script exactly as it was composed. */
export async function taskWithScript(app: App, task: Task, reader: Reader): Promise<z.output<typeof taskDetail>> {
  const question = questionOf(task.task_id)
  if (question !== null) {
    const [row] = await taskRows(app, [task], reader)
    return { ...row!, script: await questionScript(app, task, question), notes: task.notes }
  }
  const alarm = alarmOf(task.task_id)
  if (alarm !== null) {
    const [row] = await taskRows(app, [task], reader)
    return { ...row!, script: await alarmScript(app, task, alarm), notes: task.notes }
  }
  const [[row], shown] = await Promise.all([taskRows(app, [task], reader), show(app, task.task_id)])
  const { language, blocks } = JSON.parse(Buffer.from(shown.bytes).toString()) as Script
  return {
    ...row!,
    script: { language, blocks: blocks as z.output<typeof taskDetail>['script']['blocks'] },
    notes: task.notes,
  }
}

async function holderNames(app: App, tasks: readonly Task[]): Promise<Map<number, string>> {
  const ids = [...new Set(tasks.flatMap(task => (task.held_by === null ? [] : [task.held_by])))]
  if (ids.length === 0) return new Map()
  const rows = await app.workflow.db.selectFrom('users').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(row => [row.id, row.name]))
}
