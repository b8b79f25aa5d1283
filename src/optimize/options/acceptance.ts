import type { Facts } from '../../platform/stores/facts/index.ts'
import type { Offer } from '../offers/offer.ts'
import type { PlanLimits } from '../offers/plan-limits.ts'
import { type ChannelId, channelIds } from '../policy/contact-policy.ts'
import { contactsSql } from './history-sql.ts'

/** How many were sent an offer by a channel, and how many of them took it. */
export interface Answers {
  offer: string
  channel: string
  sent: number
  accepted: number
}

/** Answers take a month to come; older ones than a year and a month tell little of today. */
const RIPE_DAYS = 30
const OLD_DAYS = 395
/** Shares are estimated from about this many customers: ± 0.15 % at an acceptance of 3 %. */
const SAMPLE = 50_000
/** The sample is so many ranges of ids, evenly spread: the engine reads those alone, not every contact there is. */
const RANGES = 32

/** Per customer and offer: the channels it came by, and whether it was taken from then on. */
const answersSql = (ranges: number, knownBy: boolean): string => `
SELECT offer, toString(transform(bit, [${channelIds.map((_, i) => 2 ** i).join(', ')}], [${channelIds.map(c => `'${c}'`).join(', ')}], '')) AS channel,
  count() AS sent, countIf(took) AS accepted
FROM (
  SELECT customer_id, offer, arrayJoin(groupUniqArrayIf(channel_bit, kind_bit = 1 AND day <= {asOf:Date} - ${RIPE_DAYS})) AS bit,
    maxIf(day, accepted) >= minIf(day, kind_bit = 1) AND countIf(accepted) > 0 AS took
  FROM (${contactsSql(
    `${inRanges(ranges)} AND (type IN ('sent', 'called', 'accepted', 'ordered', 'bought'))
      AND at >= toDateTime64({asOf:Date} - ${OLD_DAYS}, 3, 'UTC')`,
    knownBy,
  )})
  WHERE day <= {asOf:Date} AND day > {asOf:Date} - ${OLD_DAYS} AND offer != ''
  GROUP BY customer_id, offer
)
GROUP BY offer, channel
ORDER BY offer, channel`

const inRanges = (n: number): string =>
  `(${Array.from({ length: n }, (_, i) => `customer_id >= {from${i}:UInt64} AND customer_id < {to${i}:UInt64}`).join(' OR ')})`

/** Answers so far, shares of a sample of customers (all, where they are few). */
export async function readAnswers(
  facts: Facts,
  asOf: string,
  identityRun: number,
  knownAt?: string,
): Promise<Answers[]> {
  const { customers, last } = await facts.one<{ customers: number; last: number }>(
    'SELECT count() AS customers, max(customer_id) AS last FROM golden_records WHERE run_id = {identityRun:UInt64}',
    { identityRun },
  )
  const ranges = customers <= SAMPLE ? 1 : RANGES
  const step = (last + 1) / ranges
  const width = Math.ceil(step * Math.min(1, SAMPLE / Math.max(1, customers)))
  const bounds = Array.from({ length: ranges }, (_, i) => Math.floor(i * step))
  return facts.query<Answers>(answersSql(ranges, knownAt !== undefined), {
    asOf,
    ...Object.fromEntries(
      bounds.flatMap((from, i) => [
        [`from${i}`, from],
        [`to${i}`, from + width],
      ]),
    ),
    ...(knownAt === undefined ? {} : { knownAt }),
  })
}

/** Acceptance believed of each offer × channel, as offer × channels + channel. */
export interface Acceptance {
  /** Mean of what is believed; 0: the offer does not go by the channel. */
  mean: Float64Array
  /** What values are made with: the mean, or a draw where nothing is known and learning is on purpose. */
  used: Float64Array
  /** 1: from enough answers; 0: the prior. */
  history: Uint8Array
  sent: Float64Array
}

/**
 * The prior of the offer counts as `prior_weight` contacts beside those answered (Beta–binomial). Below `history_from` contacts
 * it is still called the prior.
 */
export function acceptanceOf(
  offers: readonly Offer[],
  channels: readonly ChannelId[],
  answers: readonly Answers[],
  { exploration }: PlanLimits,
  asOf: string,
): Acceptance {
  const n = offers.length * channels.length
  const found = new Map(answers.map(a => [`${a.offer}/${a.channel}`, a]))
  const result: Acceptance = {
    mean: new Float64Array(n),
    used: new Float64Array(n),
    history: new Uint8Array(n),
    sent: new Float64Array(n),
  }
  for (const [o, offer] of offers.entries())
    for (const [c, channel] of channels.entries()) {
      const prior = offer.channels.includes(channel) ? (offer.priorAcceptance[channel] ?? 0) : 0
      if (prior === 0) continue
      const i = o * channels.length + c
      const { sent, accepted } = found.get(`${offer.id}/${channel}`) ?? { sent: 0, accepted: 0 }
      const a = prior * exploration.prior_weight + accepted
      const b = (1 - prior) * exploration.prior_weight + sent - accepted
      result.sent[i] = sent
      result.mean[i] = sent > 0 ? a / (a + b) : prior
      result.history[i] = sent >= exploration.history_from && sent > 0 ? 1 : 0
      result.used[i] =
        exploration.thompson && result.history[i] === 0
          ? drawBeta(a, b, randomOf(`${exploration.seed}/${asOf}/${offer.id}/${channel}`))
          : result.mean[i]!
    }
  return result
}

/** A stream of numbers in (0, 1) that depends on the text alone: FNV-1a, then mulberry32. */
export function randomOf(text: string): () => number {
  let state = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) state = Math.imul(state ^ byte, 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296
  }
}

export function drawBeta(a: number, b: number, random: () => number): number {
  const x = drawGamma(a, random)
  return x / (x + drawGamma(b, random))
}

/** Marsaglia and Tsang 2000; below 1 by their boost. */
function drawGamma(shape: number, random: () => number): number {
  if (shape < 1) return drawGamma(shape + 1, random) * random() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
