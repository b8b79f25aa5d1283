/** The way in for whoever hears a complaint, a request or a dispute: the desk, the portal, the kiosk, the inbox, a colleague. */
import { recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { shorten } from '../../platform/shorten.ts'
import { stopOffers } from '../tasks/stop-offers.ts'
import { tellCustomer } from '../tell-customer/tell-customer.ts'
import { caseErrors } from './errors.ts'
import { escalateJob } from './escalate.ts'
import { caseSettings } from './settings.ts'
import type { CaseKind } from './tables.ts'
import { addWorkingMinutes } from './working-hours.ts'

export interface NewCase {
  customerId: number
  kind: CaseKind
  /** Of the settings; default: the first of its kind. */
  category?: string
  /** One line; default: the beginning of the words. */
  title?: string
  words: string
  language?: string
  communicationId?: string
  /** Line of the document that is disputed. */
  line?: string
  productCode?: string
  source: string
  /** What it came from (a call, a message, a click): told twice, it is one case. */
  sourceKey?: string
  /** The event that says so is recorded already. */
  recorded?: boolean
  userId?: number
  at?: Date
}

const RECEIPT_MS = 24 * 3600_000

/** Event that says what was opened: `complaint` and what the policy names keep offers away until the case is resolved. */
export const eventOf: Record<CaseKind, string> = {
  complaint: 'complaint',
  request: 'service-request',
  dispute: 'dispute',
}

/** Number of the case; `fresh` is false when the same thing was told before. `stopped`: calls that were taken out of the lists. */
export async function openCase(
  app: App,
  given: NewCase,
): Promise<{ caseId: number; fresh: boolean; stopped: string[] }> {
  const words = given.words.trim().slice(0, 20_000)
  if (words === '') throw caseErrors['cases.no-words']()
  const settings = await caseSettings(app)
  const possible = settings.categories.filter(category => category.kind === given.kind)
  const category = given.category ? possible.find(({ code }) => code === given.category) : possible[0]
  if (!category)
    throw caseErrors['cases.category']({
      category: given.category ?? '',
      kind: given.kind,
      there: possible.map(({ code }) => code).join(', '),
    })
  const at = given.at ?? new Date()
  const caseId = await app.workflow.transaction(async tx => {
    const row = await tx
      .insertInto('cases')
      .values({
        customer_id: given.customerId,
        kind: given.kind,
        category: category.code,
        title: shorten(given.title ?? (words.split('\n')[0] || words), 120),
        words,
        language: given.language ?? '',
        communication_id: given.communicationId ?? '',
        line: (given.line ?? '').slice(0, 500),
        product_code: given.productCode ?? '',
        source: given.source,
        source_key: given.sourceKey ?? null,
        state: 'open',
        owner: null,
        level: 0,
        opened_at: at,
        due_at: addWorkingMinutes(at, category.minutes, settings.hours),
        left_minutes: null,
        resolution: '',
        outcome: null,
        resolved_at: null,
        resolved_by: null,
        told_at: null,
        told_how: '',
        updated_at: at,
      })
      .onConflict(conflict => conflict.column('source_key').doNothing())
      .returning('case_id')
      .executeTakeFirst()
    if (row)
      await tx
        .insertInto('case_notes')
        .values({ case_id: row.case_id, at, user_id: given.userId ?? null, what: 'opened', text: given.source })
        .execute()
    return row?.case_id
  })
  // Told again after a break: what follows may be missing, and doing it twice does no harm.
  const id = caseId ?? (await knownAs(app, given.sourceKey ?? ''))
  if (!given.recorded)
    await recordEvents(app, [
      {
        eventId: `case:${id}:opened`,
        customerId: given.customerId,
        type: eventOf[given.kind],
        channel: given.source,
        at,
        communicationId: given.communicationId ?? '',
        actor: String(given.userId ?? ''),
        payload: { case: id, category: category.code },
      },
    ])
  const stopped = given.kind === 'complaint' ? await stopOffers(app, given.customerId, 'complaint') : []
  // What is taken over from before has had its receipt.
  if (Date.now() - at.getTime() < RECEIPT_MS)
    await tellCustomer(app, { kind: 'case-opened', subject: String(id), customerId: given.customerId })
  // Cases that are late are looked for as long as there are any.
  await app.jobs.schedule(escalateJob, '*/5 * * * *', {})
  return { caseId: id, fresh: caseId !== undefined, stopped }
}

async function knownAs({ workflow }: Pick<App, 'workflow'>, key: string): Promise<number> {
  const row = await workflow.db.selectFrom('cases').select('case_id').where('source_key', '=', key).executeTakeFirst()
  if (!row) throw caseErrors['cases.missing']({ id: key })
  return row.case_id
}
