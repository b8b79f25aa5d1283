import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { mask } from '../../platform/masking.ts'
import { hider } from '../hide-personal.ts'
import { todaysNames } from '../inbox/todays-names.ts'
import { caseDetail, type caseRow } from './api.ts'
import { caseErrors } from './errors.ts'
import { type CaseSettings, caseSettings } from './settings.ts'
import type { Case } from './with-note.ts'
import { workingMinutesBetween } from './working-hours.ts'

type Row = z.output<typeof caseRow>

export async function caseRows(app: App, cases: readonly Case[], whole: boolean): Promise<Row[]> {
  const [settings, today, people] = await Promise.all([
    caseSettings(app),
    todaysNames(
      app,
      cases.map(row => row.customer_id),
    ),
    userNames(app, [...new Set(cases.flatMap(row => row.owner ?? []))]),
  ])
  const now = new Date()
  return cases.map(row => {
    const { customerId, name } = today(row.customer_id)
    return {
      caseId: row.case_id,
      customerId,
      customerName: whole ? name : mask('name', name),
      kind: row.kind,
      category: row.category,
      categoryName: nameOf(settings, row.category),
      title: hiderOf(name, whole)(row.title),
      source: row.source,
      state: row.state,
      owner: row.owner,
      ownerName: row.owner === null ? '' : (people.get(row.owner) ?? ''),
      level: row.level,
      openedAt: row.opened_at.toISOString(),
      dueAt: row.due_at.toISOString(),
      leftMinutes: Math.round(row.left_minutes ?? workingMinutesBetween(now, row.due_at, settings.hours)),
      told: row.told_at !== null,
      reopened: row.reopened,
    }
  })
}

/** Customers write their numbers and addresses into what they ask for. */
const hiderOf = (name: string, whole: boolean): ((text: string) => string) =>
  whole ? text => text : hider(name, { roles: [] })

const nameOf = ({ categories }: CaseSettings, code: string) =>
  categories.find(category => category.code === code)?.name ?? { en: code, zh: code }

export async function caseView(app: App, caseId: number, whole: boolean): Promise<z.output<typeof caseDetail>> {
  const { db } = app.workflow
  const row = await db.selectFrom('cases').selectAll().where('case_id', '=', caseId).executeTakeFirst()
  if (!row) throw caseErrors['cases.missing']({ id: String(caseId) })
  const [[common], notes, settings] = await Promise.all([
    caseRows(app, [row], whole),
    db.selectFrom('case_notes').selectAll().where('case_id', '=', caseId).orderBy('note_id').execute(),
    caseSettings(app),
  ])
  const people = await userNames(app, [
    ...new Set(
      notes.flatMap(note => [note.user_id ?? [], note.what === 'owner' ? Number(note.text) || [] : []].flat()),
    ),
  ])
  const { name } = (await todaysNames(app, [row.customer_id]))(row.customer_id)
  const hide = hiderOf(name, whole)
  return {
    ...common!,
    words: hide(row.words),
    language: row.language,
    communicationId: row.communication_id,
    line: hide(row.line),
    productCode: row.product_code,
    resolution: hide(row.resolution),
    outcome: caseDetail.shape.outcome.parse(row.outcome),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    toldAt: row.told_at?.toISOString() ?? null,
    toldHow: hide(row.told_how),
    notes: notes.map(note => ({
      noteId: note.note_id,
      at: note.at.toISOString(),
      userName: note.user_id === null ? '' : (people.get(note.user_id) ?? ''),
      what: note.what,
      text: note.what === 'owner' ? (people.get(Number(note.text)) ?? '') : hide(note.text),
    })),
    categories: settings.categories.flatMap(({ code, kind, name }) => (kind === row.kind ? [{ code, name }] : [])),
  }
}

async function userNames({ workflow }: Pick<App, 'workflow'>, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await workflow.db.selectFrom('users').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(row => [row.id, row.name]))
}
