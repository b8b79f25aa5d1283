/** The customer opened a paper here: known to its timeline, once. */
import { recordEvents } from '../../collect/index.ts'
import type { ManifestRow } from '../../personalize/index.ts'
import type { Guest } from './visit.ts'

export async function noteRead({ app, place, customerId }: Guest, row: ManifestRow): Promise<void> {
  const now = new Date()
  const read = await app.facts.one<{ n: number }>(
    'SELECT count() AS n FROM events WHERE customer_id = {customerId:UInt64} AND event_id = {id:String}',
    { customerId, id: eventIdOf(place.name, row) },
  )
  if (read.n > 0) return
  await app.workflow.db
    .updateTable('portal_messages')
    .set({ read_at: now })
    .where('communication_id', '=', row.communication_id)
    .where('read_at', 'is', null)
    .execute()
  await recordEvents(app, [
    {
      eventId: eventIdOf(place.name, row),
      customerId,
      type: 'opened',
      channel: place.name,
      at: now,
      communicationId: row.communication_id,
      payload: { kind: row.kind, offer: row.offer },
    },
  ])
}

const eventIdOf = (place: string, row: ManifestRow): string => `opened:${place}:${row.communication_id}`
