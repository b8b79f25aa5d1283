import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { mask } from '../../platform/masking.ts'
import { cardOf } from '../ahead/cards.ts'
import type { taskDetail, taskRow } from '../api.ts'
import { type Contact, customerAtHand, numbersAtHand, splitSince } from './customer-at-hand.ts'
import { draftOf } from './drafts.ts'
import { type Fate, fatesOf } from './identity-fate.ts'
import { kindOf } from './kinds/index.ts'
import { knownAnswers } from './known-answers.ts'
import { stopWords } from './stop-words.ts'
import type { Task } from './task-table.ts'

type Row = z.infer<typeof taskRow>

export interface Reader {
  userId: number
  roles: readonly string[]
  name?: string
}

/** Rows as an agent sees them: number and name whole only to whoever holds the task. */
export async function taskRows(
  app: App,
  tasks: readonly Task[],
  reader: Reader,
  known?: ReadonlyMap<number, Contact>,
): Promise<Row[]> {
  if (tasks.length === 0) return []
  const [contacts, titles, holders] = await Promise.all([
    known ?? contactsOf(app, [...new Set(tasks.map(task => task.customer_id))]),
    titlesOf(app, tasks),
    holderNames(app, tasks, reader),
  ])
  const seesNames = permits(reader, 'customers.contact')
  return tasks.map(task => {
    const contact = contacts.get(task.customer_id)
    const mine = task.state === 'held' && task.held_by === reader.userId
    const name = contact?.name ?? ''
    return {
      taskId: task.task_id,
      kind: task.kind,
      list: task.list,
      customerId: task.customer_id,
      customerName: mine || seesNames ? name : mask('name', name),
      phone: mine ? (contact?.phone ?? '') : mask('phone', contact?.phone ?? ''),
      offer: task.offer,
      offerName: titles.get(task.task_id) ?? kindOf(task.kind).name,
      priority: task.priority,
      boost: task.boost,
      state: task.state,
      heldBy: task.held_by === null ? null : (holders.get(task.held_by) ?? String(task.held_by)),
      mine,
      language: task.language,
      skill: task.skill,
      attempts: task.attempts,
      dueAt: task.due_at?.toISOString() ?? null,
      outcome: task.outcome,
      stopped: task.stop_reason === null ? null : stopWords(task.stop_reason),
      communicationId: task.kind === 'campaign' ? task.task_id : '',
    }
  })
}

/** With the script exactly as it was composed, what was typed before, and what is known already. */
export async function taskWithScript(app: App, task: Task, reader: Reader): Promise<z.output<typeof taskDetail>> {
  const mine = task.state === 'held' && task.held_by === reader.userId
  const card = mine ? await cardOf(app, task.customer_id) : null
  const runId = card ? card.runs.identity : task.customer_id > 0 ? await app.runs.latest('identity') : null
  const [script, draft, hand] = await Promise.all([
    kindOf(task.kind).script(app, task, card?.scripts.get(task.task_id)),
    mine ? draftOf(app, task.task_id) : null,
    runId === null ? null : (card?.hand ?? customerAtHand(app, runId, task.customer_id, task.created_at)),
  ])
  const [[row], fate, numbers, known] = await Promise.all([
    taskRows(app, [task], reader, new Map(hand?.contact ? [[task.customer_id, hand.contact]] : [])),
    hand === null || (hand.contact && !splitSince(hand, task.created_at)) ? null : fateOf(app, task),
    mine && hand ? numbersAtHand(app, hand) : undefined,
    mine && hand && task.kind !== 'verification'
      ? knownAnswers(app, task.customer_id, script, hand.profile, card?.consents)
      : {},
  ])
  return {
    ...row!,
    script,
    notes: task.notes,
    heldAt: task.held_at?.toISOString() ?? null,
    leaseUntil: mine ? (task.held_until?.toISOString() ?? null) : null,
    numbers: numbers ?? [],
    draft: draft
      ? { revision: draft.revision, body: draft.body, savedAt: draft.savedAt, own: draft.userId === reader.userId }
      : null,
    known,
    meanwhile:
      fate === null || fate.kind === 'same'
        ? null
        : {
            kind: fate.kind,
            customerId: 'customerId' in fate ? fate.customerId : null,
            others: fate.kind === 'split' ? fate.others : [],
          },
  }
}

const fateOf = async (app: App, task: Task): Promise<Fate | null> =>
  (await fatesOf(app, [{ customerId: task.customer_id, since: task.created_at }])).get(task.customer_id) ?? null

export async function contactsOf(app: App, ids: readonly number[]): Promise<Map<number, Contact>> {
  const identityRun = await app.runs.latest('identity')
  if (identityRun === null || ids.length === 0) return new Map()
  const rows = await app.facts.query<Contact>(
    `SELECT customer_id, name, if(mobile != '', mobile, landline) AS phone FROM golden_records
     WHERE run_id = {identityRun:UInt64} AND customer_id IN {ids:Array(UInt64)}`,
    { identityRun, ids: [...ids] },
  )
  return new Map(rows.map(row => [row.customer_id, row]))
}

async function titlesOf(app: App, tasks: readonly Task[]) {
  const found = await Promise.all(
    [...Map.groupBy(tasks, task => task.kind)].map(([kind, some]) => kindOf(kind).titles(app, some)),
  )
  return new Map(found.flatMap(titles => [...titles]))
}

/** Most often it is the reader, whose name is known. */
async function holderNames({ workflow }: App, tasks: readonly Task[], reader: Reader): Promise<Map<number, string>> {
  const names = new Map(reader.name === undefined ? [] : [[reader.userId, reader.name]])
  const ids = [...new Set(tasks.flatMap(task => task.held_by ?? []))].filter(id => !names.has(id))
  if (ids.length === 0) return names
  const rows = await workflow.db.selectFrom('users').select(['id', 'name']).where('id', 'in', ids).execute()
  for (const { id, name } of rows) names.set(id, name)
  return names
}
