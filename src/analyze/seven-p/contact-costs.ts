import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { contactCostList } from './api.ts'
import { ALL, type Asked } from './asked.ts'

/** What a contact costs by channel, as people set it. */
export async function contactCosts(app: Pick<App, 'workflow'>): Promise<Map<string, number>> {
  const rows = await app.workflow.db.selectFrom('insight_contact_costs').select(['channel', 'cost_minor']).execute()
  return new Map(rows.map(row => [row.channel, row.cost_minor]))
}

export interface Contacts {
  channel: string
  contacts: number
  costed: number
  cost_minor: number
}

/** The cost of contacts: as the events name it, else as people set it for the channel; the rest is not known. */
export function costOf(
  rows: readonly Contacts[],
  costs: ReadonlyMap<string, number>,
): { minor: number; unknown: number } {
  let [minor, unknown] = [0, 0]
  for (const { channel, contacts, costed, cost_minor } of rows) {
    const each = costs.get(channel)
    minor += cost_minor + (contacts - costed) * (each ?? 0)
    if (each === undefined) unknown += contacts - costed
  }
  return { minor, unknown }
}

/** Channels with contacts, and those with a cost already. */
export async function contactCostsPage(ask: Asked): Promise<z.infer<typeof contactCostList>> {
  const [costs, seen] = await Promise.all([
    contactCosts(ask.app),
    ask.app.facts.query<{ channel: string; contacts: number; known: number }>(
      `SELECT channel, sum(contacts) AS contacts, sum(costed) AS known FROM seven_p_contacts WHERE ${ALL} GROUP BY channel`,
      ask.params,
    ),
  ])
  const channels = [
    ...new Set([...seen.map(row => row.channel), ...costs.keys(), 'email', 'sms', 'call', 'letter']),
  ].sort()
  return {
    rows: channels.map(channel => {
      const own = seen.find(row => row.channel === channel)
      return { channel, costMinor: costs.get(channel) ?? null, contacts: own?.contacts ?? 0, known: own?.known ?? 0 }
    }),
  }
}

export async function setContactCosts(
  app: App,
  userId: number,
  rows: readonly { channel: string; costMinor: number | null }[],
): Promise<void> {
  await app.workflow.transaction(async tx => {
    for (const { channel, costMinor } of rows) {
      await tx.deleteFrom('insight_contact_costs').where('channel', '=', channel).execute()
      if (costMinor !== null)
        await tx
          .insertInto('insight_contact_costs')
          .values({ channel, cost_minor: costMinor, set_by: userId, set_at: new Date() })
          .execute()
    }
  })
}
