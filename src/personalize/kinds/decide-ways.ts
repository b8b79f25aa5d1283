/**
 * Which way a communication goes: what the law demands of its form, then what the customer wishes, then what it costs. Decided from a
 * few facts about a customer, so few that all their combinations are decided beforehand and a million customers looked up in SQL.
 */
import type { Text } from '../../platform/text.ts'
import type { MessageChannel } from '../compose/template.ts'
import type { Kind } from './kind.ts'

/** Channels a paper can be had by on a screen, each agreed to by itself. */
export const PAPERLESS = ['email', 'portal'] as const
/** As preferences and the contact policy name them; `letter` is print. */
const WISHES = ['', 'letter', 'email', 'sms', 'call'] as const

export interface Standing {
  /** Agreed to electronic papers by these channels. */
  agreed: readonly MessageChannel[]
  /** The channel the customer asked for, or ''. */
  wish: (typeof WISHES)[number]
  /** Where the customer can be reached. */
  reached: readonly MessageChannel[]
}

/** A standing as a number, the same in SQL (standing-sql.ts): bit 0–1 agreed, 2–4 the wish, 5–8 reached. */
export const STANDINGS = 512
export const BITS = { agreedEmail: 0, agreedPortal: 1, wish: 2, print: 5, email: 6, sms: 7, call: 8 } as const

export function standingOf(mask: number): Standing {
  const has = (bit: number) => (mask & (1 << bit)) !== 0
  const channels = (of: [number, MessageChannel][]) => of.filter(([bit]) => has(bit)).map(([, channel]) => channel)
  const agreed = channels([
    [BITS.agreedEmail, 'email'],
    [BITS.agreedPortal, 'portal'],
  ])
  const reached = channels([
    [BITS.print, 'print'],
    [BITS.email, 'email'],
    [BITS.sms, 'sms'],
    [BITS.call, 'call'],
  ])
  // The portal and the kiosk wait for whoever comes.
  return { agreed, wish: WISHES[(mask >> BITS.wish) & 7] ?? '', reached: [...reached, 'portal', 'kiosk'] }
}

/** Why a way was taken or not. */
export const verdicts = {
  preferred: { en: 'the customer asked for it', zh: '客户指定的方式' },
  cheapest: { en: 'the cheapest of what is allowed', zh: '可用方式中成本最低' },
  only: { en: 'the only way', zh: '唯一可用的方式' },
  planned: { en: 'chosen by the plan', zh: '由计划选定' },
  instead: { en: 'another way had failed', zh: '其他方式未送达，改用此方式' },
  copy: { en: 'duplicate beside the original', zh: '原件之外的副本' },
  'law-paper': { en: 'the law demands paper', zh: '法律要求纸质' },
  'not-agreed': { en: 'no consent to electronic papers', zh: '未同意接收电子文书' },
  'no-record': { en: 'leaves nothing one can keep', zh: '不能留存，不适用于此类文书' },
  unreachable: { en: 'no address that works', zh: '无有效地址' },
  'not-asked': { en: 'the customer asked for another way', zh: '客户指定了其他方式' },
  dearer: { en: 'costs more', zh: '成本较高' },
  'came-later': { en: 'costs the same and stands later in the company\u2019s order', zh: '成本相同，公司排序靠后' },
} satisfies Record<string, Text>
export type Verdict = keyof typeof verdicts

export interface Reason {
  channel: MessageChannel
  verdict: Verdict
}

export interface Decision {
  /** The original first; a second is its copy. */
  channels: MessageChannel[]
  /** Of the original first, then of the others. */
  why: Reason[]
}

/** Minor units a message by the channel costs; a channel nobody set a cost for costs nothing. */
export type UnitCosts = Partial<Record<MessageChannel, number>>

export function decideWays(
  kind: Pick<Kind, 'legalForm' | 'ways' | 'duplicate'>,
  who: Standing,
  costs: UnitCosts,
): Decision {
  const all = kind.ways.map(({ channel }) => channel)
  const why = new Map<MessageChannel, Verdict>()
  const lawful = all.filter(channel => {
    const verdict = againstLaw(kind.legalForm, channel, who)
    if (verdict) why.set(channel, verdict)
    return !verdict
  })
  const reached = lawful.filter(channel => {
    const there = who.reached.includes(channel)
    if (!there) why.set(channel, 'unreachable')
    return there
  })
  // Nobody is passed over in silence: what cannot be reached is composed the first lawful way, and held there with its reason.
  const open = reached.length > 0 ? reached : lawful.slice(0, 1)
  const cost = (channel: MessageChannel) => costs[channel] ?? 0
  const wished = open.find(channel => nameInWishes(channel) === who.wish)
  const cheapest = open.toSorted((a, b) => cost(a) - cost(b))[0] ?? all[0]!
  const chosen = wished ?? cheapest
  why.set(chosen, open.length === 1 ? 'only' : wished ? 'preferred' : 'cheapest')
  for (const channel of open)
    if (channel !== chosen)
      why.set(channel, wished ? 'not-asked' : cost(channel) > cost(chosen) ? 'dearer' : 'came-later')
  const copy = kind.duplicate ? copyBeside(chosen, all, who, cost) : undefined
  if (copy) why.set(copy, 'copy')
  const others = all.filter(channel => channel !== chosen && why.has(channel))
  return {
    channels: copy ? [chosen, copy] : [chosen],
    why: [chosen, ...others].map(channel => ({ channel, verdict: why.get(channel)! })),
  }
}

function againstLaw(form: Kind['legalForm'], channel: MessageChannel, who: Standing): Verdict | undefined {
  if (form === 'free' || channel === 'print') return undefined
  if (form === 'paper') return 'law-paper'
  // What is said or shown once is not a document that lasts.
  if (!PAPERLESS.some(each => each === channel)) return 'no-record'
  return who.agreed.includes(channel) ? undefined : 'not-agreed'
}

/** Paper beside a screen, or a screen beside paper; a screen only for whoever agreed to papers on one. */
function copyBeside(
  chosen: MessageChannel,
  all: readonly MessageChannel[],
  who: Standing,
  cost: (channel: MessageChannel) => number,
): MessageChannel | undefined {
  const other = all.filter(
    channel =>
      channel !== chosen &&
      who.reached.includes(channel) &&
      (chosen === 'print' ? who.agreed.includes(channel) : channel === 'print'),
  )
  return other.find(channel => channel === who.wish) ?? other.toSorted((a, b) => cost(a) - cost(b))[0]
}

const nameInWishes = (channel: MessageChannel): string => (channel === 'print' ? 'letter' : channel)

/** `email:preferred print:not-asked`, as the plan and the ledger keep it. */
export const writeWhy = (why: readonly Reason[]): string =>
  why.map(({ channel, verdict }) => `${channel}:${verdict}`).join(' ')

export function readWhy(text: string): Reason[] {
  return text.split(' ').flatMap(entry => {
    const [channel, verdict] = entry.split(':')
    return channel && verdict && verdict in verdicts
      ? [{ channel: channel as MessageChannel, verdict: verdict as Verdict }]
      : []
  })
}
