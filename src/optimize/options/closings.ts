import type { Text } from '../../platform/text.ts'
import type { Wave } from '../offers/plan-limits.ts'
import type { ChannelId, ContactKind, ContactPolicy } from '../policy/contact-policy.ts'
import {
  blackoutRules,
  complaintRule,
  limitRules,
  preferredRule,
  quietRules,
  serviceRule,
  wishRule,
} from '../policy/rules.ts'
import { COMPLAINT, channelBits, SERVICE } from './history-sql.ts'
import type { Standing } from './standing.ts'

/** What can shut a channel to a customer, in the order in which they are named; a shut channel has the number + 1 of one. */
export interface Closings {
  all: { id: string; name: Text }[]
  noConsent: number
  noAddress: number
  /** 0: open, else number + 1 of what shuts it. */
  of(standing: Standing, customer: number, channel: number, wave: number): number
}

/** How many bits of a byte are set. */
export function bitsIn(byte: number): number {
  let n = 0
  for (let rest = byte; rest !== 0; rest &= rest - 1) n++
  return n
}

const DAY = 86_400_000
export const dayAfter = (asOf: string, days: number): string =>
  new Date(Date.parse(`${asOf}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

/** For contacts of one kind: rules over offers (own wish, preferred channel, service first) close nothing to the others. */
export function closingsOf(
  policy: ContactPolicy,
  channels: readonly ChannelId[],
  waves: readonly Wave[],
  asOf: string,
  kind: ContactKind = 'offer',
): Closings {
  const limits = limitRules(policy)
  const blackouts = blackoutRules(policy)
  const quiet = quietRules(policy)
  const rules = [...limits, ...blackouts, ...quiet, complaintRule(policy), serviceRule(policy), wishRule, preferredRule]
  const [complaintAt, serviceAt, wishAt, preferredAt] = [4, 3, 2, 1].map(back => rules.length - back) as [
    number,
    number,
    number,
    number,
  ]
  const all = [
    ...rules.map(({ id, name }) => ({ id, name })),
    { id: 'no-consent', name: { en: 'No consent, or on a list not to contact', zh: '未同意，或在禁止联系名单上' } },
    { id: 'no-address', name: { en: 'No usable address for the channel', zh: '没有该渠道可用的联系方式' } },
  ]
  const noConsent = rules.length
  const noAddress = rules.length + 1
  const strict = policy.preferred_channel?.mode === 'strict'
  const onChannel = channels.map(channel => ({
    limits: limits.flatMap((rule, i) => {
      const { max, kinds, channels: counted } = policy.limits[i]!
      if (!(kinds ?? ['offer']).includes(kind) || !rule.channels.includes(channel)) return []
      // Service and legal mail go first: this month's statement and notices due are counted before any offer is.
      const statement =
        kind === 'offer' && (kinds ?? ['offer']).includes('service') && counted.includes('letter') ? 1 : 0
      const notices = kind === 'offer' && (kinds ?? ['offer']).includes('legal') ? channelBits(counted) : 0
      return [{ i, max, statement, notices }]
    }),
    blackouts: blackouts.flatMap((rule, i) => (rule.channels.includes(channel) ? [i] : [])),
    quiet: waves.map(wave => {
      const day = dayAfter(asOf, wave.after)
      return quiet.findIndex(q => q.channels.includes(channel) && day >= q.from && day <= q.to)
    }),
  }))
  return {
    all,
    noConsent,
    noAddress,
    of(s, c, channel, wave) {
      const bit = 1 << channel
      if ((s.reached[c]! & bit) === 0) return noAddress + 1
      if ((s.agreed[c]! & bit) === 0) return noConsent + 1
      const rule = onChannel[channel]!
      for (const { i, max, statement, notices } of rule.limits)
        if (s.contacts[wave]![i]![c]! + statement * s.statementDue[c]! + bitsIn(notices & s.noticeDue[c]!) >= max)
          return i + 1
      const dark = s.dark[wave]![c]!
      if (dark !== 0) {
        for (const i of rule.blackouts) if ((dark & (1 << i)) !== 0) return limits.length + i + 1
        if ((dark & COMPLAINT) !== 0) return complaintAt + 1
        if (kind === 'offer' && (dark & SERVICE) !== 0) return serviceAt + 1
      }
      const q = rule.quiet[wave]!
      if (q >= 0) return limits.length + blackouts.length + q + 1
      if (kind !== 'offer') return 0
      if (s.wish[c]! < 255 && s.wished[wave]![c]! >= s.wish[c]!) return wishAt + 1
      if (strict && s.preferred[c]! !== 0 && (s.preferred[c]! & bit) === 0) return preferredAt + 1
      return 0
    },
  }
}
