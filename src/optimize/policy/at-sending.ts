import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { Offer } from '../offers/offer.ts'
import { planLimitsOf } from '../offers/plan-limits.ts'
import { axesOf } from '../options/axes.ts'
import { type Closings, closingsOf } from '../options/closings.ts'
import { channelBits, historySql, kindBits } from '../options/history-sql.ts'
import { type OfferRules, offerRules, words } from '../options/offer-history.ts'
import { offerState } from '../options/options.ts'
import { emptyStanding, type Standing } from '../options/standing.ts'
import { statementsSql } from '../options/standing-sql.ts'
import { type ChannelId, type ContactKind, type ContactPolicy, channelsOf, exemptKinds } from './contact-policy.ts'

/** A message about to go out. */
export interface Contact {
  id: string
  customerId: number
  channel: ChannelId
  kind: ContactKind
  /** '' for none. */
  offer: string
}

/** What customers said they want, newest word of each. */
export interface Wish {
  /** Offers in thirty days at most. */
  frequency?: number
  preferredChannel?: string
}

export interface Refusal {
  rule: 'limit' | 'blackout' | 'quiet' | 'complaint' | 'service-first' | 'own-wish' | 'preferred-channel' | 'offer'
  name: Text
}

/**
 * Which of the messages the contact policy forbids today, and by which rule. It is the plan's own judgement: the same statement
 * gathers the history and the same functions read it, so what the plan may not plan is refused here and the other way round.
 * Messages of one customer are judged one after the other, each counting those let through before it.
 */
export async function refusedByPolicy(
  app: Pick<App, 'facts' | 'runs'>,
  inputs: { policy: ContactPolicy; offers: readonly Offer[]; identityRun: number; asOf: string },
  batch: readonly Contact[],
  wishes: ReadonlyMap<number, Wish>,
): Promise<Map<string, Refusal>> {
  const { policy, offers, asOf } = inputs
  const exempt = exemptKinds(policy)
  const judged = batch.filter(({ kind }) => !exempt.includes(kind))
  const refused = new Map<string, Refusal>()
  if (judged.length === 0) return refused
  const limits = { ...planLimitsOf(policy), waves: [] }
  const axes = axesOf(offers, policy, limits)
  const rules = offerRules(axes.offers, limits)
  const standing = await standingNow(app, inputs, axes, rules, judged, wishes)
  const place = new Map<number, number>(Array.from(standing.ids, (id, c) => [id, c]))
  const channels = channelsOf(policy)
  const closings = new Map<ContactKind, Closings>()
  for (const message of judged) {
    const { id, customerId, kind, offer } = message
    const c = place.get(customerId)!
    const channel = channels.indexOf(message.channel)
    // A channel the policy says nothing of is held back by none of its rules.
    if (channel < 0) continue
    const its = closings.get(kind) ?? closingsOf(policy, channels, axes.waves, asOf, kind)
    closings.set(kind, its)
    const closed = its.of(standing, c, channel, 0)
    const at = axes.offers.indexOf(offer)
    if (closed > 0) refused.set(id, named(its.all[closed - 1]!))
    else if (kind === 'offer' && at >= 0 && offerState(standing, rules, c, at) === 2)
      refused.set(id, { rule: 'offer', name: excluded })
    else count(standing, policy, rules, c, message)
  }
  return refused
}

const excluded: Text = {
  en: 'Another offer excludes this one, or must be accepted first',
  zh: '与其他优惠互斥，或须先接受另一优惠',
}

const named = ({ id, name }: { id: string; name: Text }): Refusal => ({
  rule: id.split(':')[0] as Refusal['rule'],
  name,
})

/** Today's standing of those the messages are for; addresses and consents are the gate's, so they count as given here. */
async function standingNow(
  app: Pick<App, 'facts' | 'runs'>,
  { policy, offers, identityRun, asOf }: Parameters<typeof refusedByPolicy>[1],
  axes: ReturnType<typeof axesOf>,
  rules: OfferRules,
  batch: readonly Contact[],
  wishes: ReadonlyMap<number, Wish>,
): Promise<Standing> {
  const ids = [...new Set(batch.map(m => m.customerId))].sort((a, b) => a - b)
  const s = emptyStanding(ids.length, offers, policy, axes, rules)
  s.ids.set(ids)
  s.reached.fill(255)
  s.agreed.fill(255)
  s.wish.fill(255)
  for (const fits of s.fits) fits.fill(0xffff_ffff)
  const history = historySql(policy, axes.waves, rules.facts, {
    scope: 'customer_id IN {ids:Array(UInt64)}',
    without: true,
  })
  const place = new Map(ids.map((id, c) => [id, c]))
  const rows = await app.facts.query<Record<string, number>>(`WITH ${history.sql} SELECT * FROM history`, {
    ...history.params,
    ids,
    ownIds: batch.map(m => m.id),
    asOf,
  })
  for (const row of rows) {
    const c = place.get(row['customer_id']!)!
    s.dark[0]![c] = row['dark_0']!
    s.wished[0]![c] = row['wished_0']!
    for (const i of policy.limits.keys()) s.contacts[0]![i]![c] = row[`n${i}_0`]!
    for (let w = 0; w < words(rules.facts.length); w++) s.seen[w]![c] = row[`seen_${w}`]!
  }
  for (const [id, c] of place) {
    const { frequency, preferredChannel } = wishes.get(id) ?? {}
    if (frequency !== undefined) s.wish[c] = Math.min(254, frequency)
    s.preferred[c] = axes.channels.reduce(
      (mask, channel, k) => ((channel === 'bill' ? 'letter' : channel) === preferredChannel ? mask | (1 << k) : mask),
      0,
    )
  }
  const billed = new Set(rows.filter(row => row['billed'] === 1).map(row => row['customer_id']!))
  await addPurchases(app, policy, s, identityRun, asOf)
  await addFirst(app, policy, s, identityRun, asOf, billed)
  return s
}

/** Statements and legal mail that are still to go, where a limit counts them: they come first. */
async function addFirst(
  app: Pick<App, 'facts' | 'runs'>,
  policy: ContactPolicy,
  s: Standing,
  identityRun: number,
  asOf: string,
  billed: ReadonlySet<number>,
): Promise<void> {
  const counts = (kind: ContactKind) => policy.limits.some(l => (l.kinds ?? ['offer']).includes(kind))
  const ids = Array.from(s.ids)
  const place = new Map(ids.map((id, c) => [id, c]))
  if (counts('service')) {
    const rows = await app.facts.query<{ customer_id: number }>(
      `SELECT customer_id FROM (${statementsSql('customer_id IN {ids:Array(UInt64)}')})`,
      { identityRun, asOf, ids },
    )
    for (const { customer_id } of rows) if (!billed.has(customer_id)) s.statementDue[place.get(customer_id)!] = 1
  }
  const noticesRun = counts('legal') ? await app.runs.latest('plan') : null
  if (noticesRun === null) return
  const rows = await app.facts.query<{ customer_id: number; channel: ChannelId }>(
    `SELECT customer_id, toString(channel) AS channel FROM plan_notices
     WHERE run_id = {noticesRun:UInt64} AND customer_id IN {ids:Array(UInt64)} AND (customer_id, toString(notice)) NOT IN (
       SELECT customer_id, JSONExtractString(payload, 'offer') FROM events FINAL
       WHERE customer_id IN {ids:Array(UInt64)} AND type = 'sent' AND JSONExtractString(payload, 'kind') = 'notice'
     )`,
    { noticesRun, ids },
  )
  for (const { customer_id, channel } of rows) {
    const c = place.get(customer_id)!
    s.noticeDue[c] = s.noticeDue[c]! | channelBits([channel])
  }
}

/** What a purchase closes: days since the last one, counted as the features count them. */
async function addPurchases(
  app: Pick<App, 'facts'>,
  policy: ContactPolicy,
  s: Standing,
  identityRun: number,
  asOf: string,
): Promise<void> {
  const rules = policy.blackouts.flatMap(({ after, days }, i) => (after === 'purchase' ? [{ i, days }] : []))
  if (rules.length === 0) return
  const rows = await app.facts.query<{ customer_id: number; recency: number }>(
    `SELECT customer_id, toUInt32({asOf:Date} - toDate(max(sold_at))) AS recency FROM purchases
     WHERE run_id = {identityRun:UInt64} AND customer_id IN {ids:Array(UInt64)} AND is_service = 0 AND is_return = 0
       AND amount_minor > 0 AND sold_at < toDateTime({asOf:Date}, 'UTC')
     GROUP BY customer_id`,
    { identityRun, asOf, ids: Array.from(s.ids) },
  )
  const place = new Map(Array.from(s.ids, (id, c) => [id, c]))
  for (const { customer_id, recency } of rows)
    for (const { i, days } of rules)
      if (recency < days) {
        const c = place.get(customer_id)!
        s.dark[0]![c] = s.dark[0]![c]! | (1 << i)
      }
}

/** A message let through counts for the next one of the same customer in this batch. */
function count(s: Standing, policy: ContactPolicy, rules: OfferRules, c: number, message: Contact): void {
  const contacts = s.contacts[0]!
  for (const [i, { channels, kinds }] of policy.limits.entries())
    if ((kindBits(kinds ?? ['offer']) & kindBits([message.kind])) !== 0 && channels.includes(message.channel))
      contacts[i]![c] = Math.min(255, contacts[i]![c]! + 1)
  if (message.kind !== 'offer') return
  s.wished[0]![c] = Math.min(255, s.wished[0]![c]! + 1)
  for (const [i, { after }] of policy.blackouts.entries())
    if (after === 'contact') s.dark[0]![c] = s.dark[0]![c]! | (1 << i)
  for (const [n, fact] of rules.facts.entries())
    if (fact.kind === 'contacted' && fact.offer === message.offer)
      s.seen[n >> 5]![c] = s.seen[n >> 5]![c]! | (1 << (n & 31))
}
