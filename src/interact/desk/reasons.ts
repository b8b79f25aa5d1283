/** Why we call, or why they may be calling: most likely first. */
import { measureNames } from '../../analyze/index.ts'
import type { Text } from '../../platform/text.ts'
import type { Picture } from './api.ts'
import type { Happened } from './lately.ts'

type Reason = Picture['reasons'][number]

const DAY = 86_400_000

const TOLD: Readonly<Record<string, { weight: number; text: Text }>> = {
  complaint: { weight: 100, text: { en: 'Complained', zh: '提出投诉' } },
  'service-request': { weight: 90, text: { en: 'Asked for something', zh: '提出服务请求' } },
  replied: { weight: 80, text: { en: 'Answered a message', zh: '回复了消息' } },
  bounce: { weight: 60, text: { en: 'A message came back', zh: '消息被退回' } },
  undelivered: { weight: 55, text: { en: 'A message did not arrive', zh: '消息未送达' } },
  clicked: { weight: 50, text: { en: 'Followed a link in a message', zh: '点击了消息中的链接' } },
  unsubscribed: { weight: 45, text: { en: 'Unsubscribed', zh: '退订' } },
  returned: { weight: 40, text: { en: 'Returned goods', zh: '退货' } },
  called: { weight: 35, text: { en: 'Was on the telephone with us', zh: '与我们通过电话' } },
  opened: { weight: 20, text: { en: 'Read a message', zh: '阅读了消息' } },
}

const SENT: Readonly<Record<string, Text>> = {
  bill: { en: 'Got a statement', zh: '收到账单' },
  notice: { en: 'Got a legal notice', zh: '收到法定通知' },
  letter: { en: 'Got a letter', zh: '收到信件' },
  email: { en: 'Got an e-mail', zh: '收到邮件' },
  sms: { en: 'Got an SMS', zh: '收到短信' },
}

/** What never arrived is no reason to ring. */
const NOT_THERE: ReadonlySet<string> = new Set(['held', 'refused', 'failed'])

interface Composed {
  communicationId: string
  kind: string
  composedAt: string
  state: string
}

/** What came from us is likelier a reason the newer it is; a bill the likeliest of all. */
export function reasonsOf(happened: readonly Happened[], communications: readonly Composed[]): Reason[] {
  const now = Date.now()
  const fading = (at: string): number => Math.exp(-Math.max(0, now - Date.parse(at)) / (10 * DAY))
  const told = happened.flatMap(({ type, at, communicationId }): (Reason & { weight: number })[] => {
    const known = TOLD[type]
    return known ? [{ what: known.text, at, communicationId, weight: known.weight * fading(at) }] : []
  })
  const sent = communications.flatMap(
    ({ kind, composedAt, communicationId, state }): (Reason & { weight: number })[] => {
      const known = SENT[kind]
      if (!known || NOT_THERE.has(state)) return []
      const weight = (kind === 'bill' || kind === 'notice' ? 70 : 30) * fading(composedAt)
      return [{ what: known, at: composedAt, communicationId, weight }]
    },
  )
  const seen = new Set<string>()
  return [...told, ...sent]
    .filter(({ weight }) => weight > 0.5)
    .sort((a, b) => b.weight - a.weight)
    .filter(({ what, communicationId }) => {
      const key = `${what.en} ${communicationId}`
      return !seen.has(key) && seen.add(key)
    })
    .slice(0, 6)
    .map(({ weight: _, ...reason }) => reason)
}

/** Customers who behave unlike themselves, as the newest turn saw it. */
export const alarmsNamed = (alarms: readonly { measure: string; since: string }[]): Picture['alarms'] =>
  alarms.map(({ measure, since }) => ({
    name: (measureNames as Record<string, Text>)[measure] ?? { en: measure, zh: measure },
    since,
  }))
