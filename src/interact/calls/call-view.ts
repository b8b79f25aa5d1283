import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { mask } from '../../platform/masking.ts'
import type { callView } from './api.ts'
import type { Call } from './call-table.ts'

export type CallView = z.output<typeof callView>

/** What a caller who is one of several may be asked, none of it answered. */
const NAMES = `
SELECT customer_id, name, toString(kind) AS kind, toString(city) AS city, birth_date IS NOT NULL AS has_birth, id_number != '' AS has_id,
  length(accounts) > 0 AS has_account, postcode != '' AS has_postcode
FROM golden_records WHERE run_id = {runId:UInt64} AND customer_id IN {ids:Array(UInt64)} ORDER BY customer_id`

interface Named {
  customer_id: number
  name: string
  kind: string
  city: string
  has_birth: number
  has_id: number
  has_account: number
  has_postcode: number
}

type Names = ReadonlyMap<number, Named>

async function namesOf(app: App, calls: readonly Call[]): Promise<Names> {
  const ids = [
    ...new Set(calls.flatMap(call => [...call.candidates, ...(call.customer_id > 0 ? [call.customer_id] : [])])),
  ]
  const runId = ids.length === 0 ? null : await app.runs.latest('identity')
  const names = runId === null ? [] : await app.facts.query<Named>(NAMES, { runId, ids })
  return new Map(names.map(named => [named.customer_id, named]))
}

const toldNames = new WeakMap<Call, Promise<Names>>()

/** One change of one call for whoever listens: what rings for everybody is looked up once, not once for each desk. */
export async function changeView(
  app: App,
  call: Call,
  reader: { userId: number; roles: readonly string[] },
): Promise<CallView> {
  const names = toldNames.get(call) ?? namesOf(app, [call])
  toldNames.set(call, names)
  names.catch(() => toldNames.delete(call))
  return viewed([call], await names, reader)[0]!
}

export const callsView = async (
  app: App,
  calls: readonly Call[],
  reader: { userId: number; roles: readonly string[] },
): Promise<CallView[]> => viewed(calls, await namesOf(app, calls), reader)

function viewed(calls: readonly Call[], byId: Names, reader: { userId: number; roles: readonly string[] }): CallView[] {
  const sees = permits(reader, 'customers.contact')
  return calls.map(call => {
    const known = byId.get(call.customer_id)
    return {
      callId: call.call_id,
      direction: call.direction,
      number: sees ? call.number : mask('phone', call.number),
      numberState: call.number_state,
      state: call.state,
      how: call.how,
      customerId: known ? call.customer_id : 0,
      name: known ? (sees ? known.name : mask('name', known.name)) : '',
      taskId: call.task_id,
      mine: call.user_id === reader.userId,
      recording: call.recording,
      wrong: call.wrong,
      rangAt: call.rang_at.toISOString(),
      answeredAt: call.answered_at?.toISOString() ?? null,
      endedAt: call.ended_at?.toISOString() ?? null,
      lost: call.ended_by !== '',
      // Of several nobody is shown before the caller said who it is: a first letter, and what to ask.
      candidates:
        call.customer_id > 0
          ? []
          : call.candidates.flatMap(id => {
              const its = byId.get(id)
              return its
                ? [{ customerId: id, name: mask('name', its.name), kind: its.kind, ask: questionsFor(its) }]
                : []
            }),
    }
  })
}

function questionsFor(its: Named): ('birthDate' | 'account' | 'idEnd' | 'postcode' | 'name')[] {
  return [
    ...(its.has_birth ? ['birthDate' as const] : []),
    ...(its.has_account ? ['account' as const] : []),
    ...(its.has_id ? ['idEnd' as const] : []),
    ...(its.has_postcode ? ['postcode' as const] : []),
    'name',
  ]
}
