/** Requests of people: who asked for what, by when it is due, who approved it. Erasures need two pairs of eyes. */
import type { Selectable } from 'kysely'
import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { asJson, type WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { rightsErrors } from './errors.ts'
import type { RequestState } from './tables.ts'

export type RightsRequest = Selectable<WorkflowSchema['rights_requests']>
type Store = Pick<App, 'workflow'>

/** A month is what the GDPR (art. 12) gives; the PIPL asks for "timely". */
const DUE_DAYS = 30

export async function openRequest(
  app: Store,
  request: { kind: 'export' | 'erasure'; customerId: number; receivedBy: string; userId: number },
): Promise<RightsRequest> {
  const { kind, customerId, receivedBy, userId } = request
  if (kind === 'erasure') {
    const open = await app.workflow.db
      .selectFrom('rights_requests')
      .select('id')
      .where('kind', '=', 'erasure')
      .where('customer_id', '=', customerId)
      .where('state', 'in', ['requested', 'approved', 'running', 'held', 'failed'])
      .executeTakeFirst()
    if (open) throw rightsErrors['rights.open-already']({ customer: customerId, request: open.id })
  }
  const now = new Date()
  const row = await app.workflow.db
    .insertInto('rights_requests')
    .values({
      kind,
      customer_id: customerId,
      state: kind === 'export' ? 'approved' : 'requested',
      received_by: receivedBy,
      requested_by: userId,
      requested_at: now,
      due_at: new Date(now.getTime() + DUE_DAYS * 86_400_000),
      progress: asJson({}),
      done_steps: 0,
      total_steps: 0,
      error: '',
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await audit(app, {
    userId,
    action: `rights.request-${kind}`,
    object: `customer/${customerId}`,
    detail: { request: row.id },
  })
  return row
}

export async function requestOf(app: Store, id: number): Promise<RightsRequest> {
  const row = await app.workflow.db.selectFrom('rights_requests').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw rightsErrors['rights.no-request']({ request: id })
  return row
}

/** Approved or rejected by somebody else than who asked. */
export async function decideRequest(app: Store, id: number, userId: number, approve: boolean): Promise<RightsRequest> {
  const request = await requestOf(app, id)
  if (request.state !== 'requested') throw rightsErrors['rights.state']({ request: id, state: request.state })
  if (approve && request.requested_by === userId) throw rightsErrors['rights.four-eyes']({ request: id })
  const row = await changeState(app, id, ['requested'], {
    state: approve ? 'approved' : 'rejected',
    decided_by: userId,
    decided_at: new Date(),
    ...(approve ? {} : { finished_at: new Date() }),
  })
  await audit(app, {
    userId,
    action: approve ? 'rights.approve' : 'rights.reject',
    object: `customer/${request.customer_id}`,
    detail: { request: id },
  })
  return row
}

/** Moves a request on, unless another has moved it meanwhile. */
export async function changeState(
  app: Store,
  id: number,
  from: readonly RequestState[],
  change: Partial<Omit<RightsRequest, 'progress'>>,
): Promise<RightsRequest> {
  const row = await app.workflow.db
    .updateTable('rights_requests')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .returningAll()
    .executeTakeFirst()
  if (row) return row
  const { state } = await requestOf(app, id)
  throw rightsErrors['rights.state']({ request: id, state })
}

export interface RequestQuery {
  state: 'open' | 'all'
  customerId?: number
  offset: number
  limit: number
}

/** Open ones first, by the day they are due. */
export async function listRequests(app: Store, query: RequestQuery): Promise<{ total: number; rows: RightsRequest[] }> {
  let from = app.workflow.db.selectFrom('rights_requests')
  if (query.state === 'open') from = from.where('state', 'not in', ['done', 'rejected'])
  if (query.customerId !== undefined) from = from.where('customer_id', '=', query.customerId)
  const { total } = await from.select(count => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await from
    .selectAll()
    .orderBy(expression => expression.case().when('state', 'in', ['done', 'rejected']).then(1).else(0).end())
    .orderBy('due_at')
    .orderBy('id')
    .offset(query.offset)
    .limit(query.limit)
    .execute()
  return { total: Number(total), rows }
}
