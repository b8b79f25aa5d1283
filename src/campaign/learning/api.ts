import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** HTTP shapes of what campaigns teach. */

const interval = z.object({ low: z.number(), high: z.number() })

const cell = z.object({
  segment: z.string(),
  segmentName: textSchema,
  offer: z.string(),
  offerName: textSchema,
  channel: z.string(),
  planned: z.number(),
  contacted: z.number(),
  /** Of those whose time to answer is over. */
  ripe: z.number(),
  expected: z.number(),
  taken: z.number(),
  rate: interval.extend({ share: z.number() }),
  predicted: z.number(),
  /** Odds of answering over those predicted: what is not ruled out, however often it is looked at. */
  factor: interval,
  /** Odds against the prediction, all cells paid for; 20 and more is an alarm. */
  odds: z.number(),
  alarm: z.boolean(),
  /** Share that bought anything, planned less control. */
  control: z.number(),
  bought: interval.extend({ difference: z.number() }).nullable(),
  margin: interval.extend({ difference: z.number() }).nullable(),
})

// GET /learning/response?turn=&by=
export const responsePage = z.object({
  currency: z.string(),
  /** Days of all turns with a campaign, and of those counted. */
  turns: z.array(z.string()),
  counted: z.array(z.string()),
  /** `day/channel` of replayed turns that reached nobody. */
  unheard: z.array(z.string()),
  answerDays: z.number(),
  totals: z.object({
    planned: z.number(),
    promised: z.number(),
    contacted: z.number(),
    ripe: z.number(),
    expected: z.number(),
    taken: z.number(),
    alarms: z.number(),
    tests: z.number(),
  }),
  calibration: z.object({
    points: z.array(
      z.object({
        trials: z.number(),
        expected: z.number(),
        taken: z.number(),
        predicted: z.number(),
        observed: z.number(),
        interval,
      }),
    ),
    error: z.number(),
    /** Odds against the predictions as a whole, at any time; 20 and more: they do not fit. */
    odds: z.number(),
    chiSquare: z.number(),
    degrees: z.number(),
    p: z.number().nullable(),
  }),
  cells: z.array(cell),
})

export const responseQuery = z.object({
  /** A turn's day; absent: all. */
  turn: z.iso.date().optional(),
  by: z.enum(['segment', 'offer', 'channel', 'all']).default('all'),
})

export const driverId = z.enum(['cross-selling', 'retention', 'repeat', 'other', 'mail'])

const money = z.object({ net: z.number(), low: z.number(), high: z.number() })

// GET /learning/loop
export const loopPage = z.object({
  currency: z.string(),
  /** Acceptances promised and come, over all turns whose time to answer is over; null: none is. */
  promise: z
    .object({
      ripe: z.number(),
      expected: z.number(),
      taken: z.number(),
      /** Odds against the promises, at any time; 20 and more: they were not kept. */
      odds: z.number(),
      /** Odds of answering over those predicted: what is not ruled out, however often it is looked at. */
      factor: interval,
    })
    .nullable(),
  turns: z.array(
    z.object({
      turn: z.number(),
      asOf: z.string(),
      campaign: z.number(),
      /** Reached nobody: made long after its day. */
      replay: z.boolean(),
      believed: z.object({ answers: z.number(), value: z.number(), calibrated: z.number() }),
      said: z.object({ planned: z.number(), contacted: z.number(), control: z.number() }),
      came: z.object({ ripe: z.number(), expected: z.number(), taken: z.number() }),
      changed: z.array(z.object({ kind: z.string(), what: textSchema, by: z.string() })),
      earned: z
        .object({
          /** The time of the campaign has passed, as far as the purchases are known. */
          over: z.boolean(),
          gain: z.number(),
          cost: z.number(),
          ...money.shape,
          plainLow: z.number(),
          plainHigh: z.number(),
          /** Share of the variance that what was known before takes out. */
          saved: z.number(),
        })
        .nullable(),
    }),
  ),
  years: z.array(
    z.object({
      year: z.string(),
      drivers: z.array(
        z.object({
          driver: driverId,
          gain: z.number(),
          cost: z.number(),
          ...money.shape,
          /** Customers with nobody held out to be compared with: their cost counts, their gain is not known. */
          unmeasured: z.number(),
        }),
      ),
      /** Of all drivers, which add up to it. */
      total: money.extend({ gain: z.number(), cost: z.number() }),
      /** Net over cost; null where nothing was spent. */
      rate: z.number().nullable(),
      /** Campaigns whose time to bring money is not over: they are not counted yet, and what their contacts have cost. */
      open: z.object({ campaigns: z.number(), cost: z.number() }),
    }),
  ),
})
