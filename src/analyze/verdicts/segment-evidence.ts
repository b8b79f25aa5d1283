import type { App } from '../../platform/app.ts'
import { TOLERATED_BIAS } from '../judge/verdict.ts'
import { lastPurchase } from '../judge/what-followed.ts'
import { daysBefore } from '../models/dates.ts'
import { DISCOUNT_RATE } from '../models/value-of-buyers.ts'
import { evidenceOf, meanOfLogs, twoSided } from './evidence.ts'
import { leavingDays } from './leaving-days.ts'
import { addTrials, factors, logFactors, type Trials } from './odds-grid.ts'
import { figuresOf, type ResponseCell } from './response.ts'
import { segmentOutcomes } from './segment-outcomes-sql.ts'
import type { PastTurn } from './turns.ts'

export const kinds = ['response', 'leaving', 'value'] as const
export type Kind = (typeof kinds)[number]

/** What one kind of prediction said of a segment, and what came. */
export interface SegmentEvidence {
  segment: string
  kind: Kind
  /** Of the newest turn whose time has passed; of all turns for responses. */
  asOf: string
  customers: number
  expected: number
  observed: number
  /** Variance of the observed, if the prediction is right. */
  variance: number
  /** Observed over expected; of responses the factor of the odds, not ruled out at any time so far. */
  low: number
  high: number
  /** Logarithm of the e-value against “within a tenth of what was said”, over all turns. */
  evidence: number
}

/** The tolerance as a point of the grid: a tenth. */
export const TOLERANCE = logFactors.find(log => log > 0 && Math.abs(Math.exp(log) - 1 - TOLERATED_BIAS) < 0.01)!

/** Of cells by turn and segment: of each segment the turns in which it was what it is. */
export function ofResponse(
  cells: readonly ResponseCell[],
  asOf: string,
  turnsOf: (segment: string) => readonly Pick<PastTurn, 'asOf'>[],
): SegmentEvidence[] {
  const counted = cells.filter(cell => turnsOf(cell.segment).some(turn => turn.asOf === cell.turn))
  return [...Map.groupBy(counted, cell => cell.segment).values()].map(its => {
    const cell = its.reduce((a, b) => {
      const [soFar, ripe] = [addTrials(a.soFar, b.soFar), addTrials(a.ripe, b.ripe)]
      return { turn: '', segment: a.segment, offer: '', channel: '', planned: a.planned + b.planned, soFar, ripe }
    })
    const { evidence, factor } = figuresOf(cell, TOLERANCE)
    const { trials, expected, taken } = cell.ripe
    return {
      ...{ segment: cell.segment, kind: 'response', asOf, customers: trials, expected, observed: taken },
      ...{ variance: expected, low: factor.low, high: factor.high, evidence: twoSided(evidence) },
    }
  })
}

export interface OutcomeRow {
  segment: string
  customers: number
  leavesExpected: number
  information: number
  gone: number
  logs: number[]
  worthExpected: number
  margin: number
  squares: number
  worthSquares: number
}

/** A gap this long at the end of the data is a holiday, not the end of what is known. */
const QUIET_DAYS = 7

/**
 * Of each turn whose time has passed. Turns watch the same customers over times that overlap, so that their e-values may hang together:
 * their mean is one whatever does.
 */
export async function ofScores(
  app: App,
  turns: readonly PastTurn[],
  turnsOf: (segment: string) => readonly PastTurn[],
): Promise<SegmentEvidence[]> {
  const newest = turns.at(-1)
  if (!newest) return []
  const { day } = await app.facts.one<{ day: string }>(lastPurchase, { identityRun: newest.identity })
  const found: SegmentEvidence[][] = []
  for (const turn of turns) {
    const days = await leavingDays(app, turn)
    const passed = (after: number): boolean => day >= daysBefore(turn.asOf, QUIET_DAYS - after)
    if (!passed(days ?? 365)) continue
    const all = await app.facts.query<OutcomeRow>(segmentOutcomes, outcomeParams(turn, newest.identity, days ?? 365))
    const spread = spreadOf(all)
    const rows = all.filter(row => turnsOf(row.segment).includes(turn))
    found.push([
      ...(days === null ? [] : rows.map(row => leaving(row, turn.asOf))),
      ...(passed(365) ? rows.map(row => value(row, turn.asOf, spread)) : []),
    ])
  }
  const all = Map.groupBy(found.flat(), ({ segment, kind }) => `${kind}/${segment}`)
  return [...all.values()].map(its => ({ ...its.at(-1)!, evidence: meanOfLogs(its.map(one => one.evidence)) }))
}

/** The purchases of the newest identity run, which know most; customers keep their numbers. */
export const outcomeParams = (turn: PastTurn, identityRun: number, churnDays: number) => ({
  identityRun,
  featuresRun: turn.features,
  modelsRun: turn.models,
  segmentsRun: turn.segments,
  asOf: turn.asOf,
  churnDays,
  discountRate: DISCOUNT_RATE,
  factors: [...factors],
})

function leaving(row: OutcomeRow, asOf: string): SegmentEvidence {
  const { customers, leavesExpected: expected, gone, logs, information: variance } = row
  const trials: Trials = { trials: customers, expected, taken: gone, logs }
  const evidence = evidenceOf(trials, trials, TOLERANCE)
  return {
    ...{ segment: row.segment, kind: 'leaving', asOf, customers, expected, observed: gone, variance },
    ...ratio(expected, gone, variance),
    evidence: twoSided(evidence),
  }
}

const spreadOf = (rows: readonly OutcomeRow[]): number =>
  rows.reduce((sum, row) => sum + row.squares, 0) / Math.max(1, sumOfSquares(rows))
const sumOfSquares = (rows: readonly OutcomeRow[]): number => rows.reduce((sum, row) => sum + row.worthSquares, 0)

/**
 * Amounts are not bounded: the e-value is that of a normal, asymptotically (a mixture over its mean). A few customers make most of the margin,
 * and where they happen to be missing the variance seen is too small: of log-normal margins (σ = 2) 7 % of segments of 100 that were right
 * were accused by it, of 0.1 % allowed. So the variance is the greater of that seen and that which all customers' deviations,
 * in proportion to what was expected of each, let expect: none of 15,000 was.
 */
export function value(row: OutcomeRow, asOf: string, spread: number): SegmentEvidence {
  const { customers, worthExpected: expected, margin: observed, squares } = row
  const meant = (observed - expected) / Math.max(1, customers)
  const variance = Math.max(0, squares - customers * meant * meant, spread * row.worthSquares)
  const beyond = Math.max(0, Math.abs(observed - expected) - TOLERATED_BIAS * Math.abs(expected))
  const z2 = variance > 0 && customers >= LEAST_FOR_AMOUNTS ? beyond ** 2 / variance : 0
  // Robbins' normal mixture at one look: log of (1 + ρ)^−½ exp(z² ρ / 2(1 + ρ)); ρ = 8 tells most near the 5 % of some forty tests.
  const evidence = -0.5 * Math.log(1 + SPREAD) + (z2 * SPREAD) / (2 * (1 + SPREAD))
  return {
    ...{ segment: row.segment, kind: 'value', asOf, customers, expected, observed, variance },
    ...ratio(expected, observed, variance),
    evidence,
  }
}

const SPREAD = 8
const LEAST_FOR_AMOUNTS = 50

const ratio = (expected: number, observed: number, variance: number) => ({
  low: expected > 0 ? (observed - 1.96 * Math.sqrt(variance)) / expected : 0,
  high: expected > 0 ? (observed + 1.96 * Math.sqrt(variance)) / expected : Number.MAX_SAFE_INTEGER,
})
