/**
 * Changes to an address of the receiver, signed: `x-huiyin-signature: t=<seconds>,v1=<hex>` with HMAC-SHA-256 over `<t>.<body>`, as
 * the usual payment services do it. At least once: the receiver keeps the last `seq` it has and skips what is not above it.
 */
import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { givebackErrors } from '../errors.ts'
import type { Change } from '../read-changes.ts'
import type { Cargo, Carrier, Refused } from './carrier.ts'

const ANSWER_WITHIN_MS = 30_000
/** Tries in one go; after them the delivery waits longer, by minutes. */
const TRIES = 4
const FIRST_PAUSE_MS = 250
const MOST_PAUSE_MS = 10_000

export const signature = (secret: string, seconds: number, body: string): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`

interface Answer {
  status: number
  reason: string
  retryAfterMs: number
}

async function post({ target }: Cargo, changes: readonly Change[]): Promise<Answer> {
  const { place, mart, name } = target.definition
  if (place.kind !== 'webhook') throw new Error('not a webhook')
  const body = JSON.stringify({
    target: name,
    mart,
    from: changes[0]?.seq ?? 0,
    to: changes.at(-1)?.seq ?? 0,
    changes,
  })
  try {
    const answer = await fetch(place.url, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'huiyin',
        // The same batch has the same id, however often it is tried.
        'x-huiyin-delivery': `${target.targetId}-${changes[0]?.seq ?? 0}-${changes.at(-1)?.seq ?? 0}`,
        'x-huiyin-signature': signature(target.secret, Math.floor(Date.now() / 1000), body),
      },
    })
    const said = (await answer.text()).slice(0, 300)
    const retryAfterMs = Number(answer.headers.get('retry-after') ?? 0) * 1000
    return { status: answer.status, reason: `HTTP ${answer.status} ${said}`.trim(), retryAfterMs: retryAfterMs || 0 }
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } }
    return { status: 0, reason: cause?.code ?? message, retryAfterMs: 0 }
  }
}

const taken = ({ status }: Answer): boolean => status >= 200 && status < 300
/** The receiver understood and will not have it: the same again would be refused again. Signatures, addresses and rates are not the row's fault. */
const rowIsAtFault = ({ status }: Answer): boolean =>
  status === 400 || status === 409 || status === 413 || status === 422

async function send(cargo: Cargo, changes: readonly Change[]): Promise<Refused[]> {
  let answer: Answer = { status: 0, reason: '', retryAfterMs: 0 }
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) {
      const pause = Math.min(FIRST_PAUSE_MS * 4 ** (attempt - 1), MOST_PAUSE_MS) * (0.75 + Math.random() / 2)
      await sleep(Math.min(Math.max(pause, answer.retryAfterMs), MOST_PAUSE_MS))
    }
    answer = await post(cargo, changes)
    if (taken(answer)) return []
    if (rowIsAtFault(answer)) break
  }
  if (!rowIsAtFault(answer)) {
    const wrong = answer.status === 0 ? 'collect.target-unreachable' : 'collect.target-refused'
    throw givebackErrors[wrong]({ reason: answer.reason })
  }
  // One bad row must not stop the others: halved until it stands alone, log2(500) = 9 more requests.
  const [only] = changes
  if (changes.length === 1 && only) return [{ seq: only.seq, reason: answer.reason }]
  const half = changes.length >> 1
  return [...(await send(cargo, changes.slice(0, half))), ...(await send(cargo, changes.slice(half)))]
}

export const webhook: Carrier = {
  kind: 'webhook',
  batch: place => (place.kind === 'webhook' ? place.batch : 500),
  open: async cargo => ({ send: changes => send(cargo, changes), close: async () => undefined }),
  async test(cargo) {
    const answer = await post(cargo, [])
    if (!taken(answer)) {
      const wrong = answer.status === 0 ? 'collect.target-unreachable' : 'collect.target-refused'
      throw givebackErrors[wrong]({ reason: answer.reason })
    }
    return `HTTP ${answer.status}`
  },
}
