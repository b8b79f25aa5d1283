/**
 * Identity resolution: which records are one person. Works on any table of people whose columns have roles; nothing is
 * tuned to a set and no labels are used.
 *
 *     evidence (standardise, code) → rules (block) → pairs (patterns) → learn (EM) → weigh → threshold → clusters
 */

import { COMPARE_ALL_BELOW, MAX_BLOCK, proposeRules } from './blocking.ts'
import { clusterPairs, type FlaggedComponent } from './clusters.ts'
import type { Decided } from './decided.ts'
import { buildEvidence, type Evidence } from './evidence.ts'
import { levelFunctions } from './levels.ts'
import { estimateMissed } from './missed.ts'
import { Learner, type MatchModel } from './model.ts'
import { duplicateFreeSources, possiblePairs } from './one-per-source.ts'
import { patternOf, radices } from './pattern.ts'
import type { PeopleTable } from './roles.ts'
import { scorePairs } from './score.ts'
import { bestThreshold } from './threshold.ts'
import { twoNumbers } from './two-numbers.ts'
import { type PatternWeight, pairWeigher, type WeightStep } from './weigh.ts'
import { expectations, samplePairs, weighPairs } from './weigh-pairs.ts'

export type { FlaggedComponent } from './clusters.ts'
export type { Decided, RecordPairs } from './decided.ts'
export { type AspectFigures, aspectFigures, explanationOf, type PairExplanation } from './explain.ts'
export type { MatchModel } from './model.ts'
export {
  kindsOf,
  type LinkColumns,
  linkToOrganisations,
  namesApart,
  ORGANISATION,
  type OrganisationLink,
  PERSON,
} from './organisations.ts'
export { recogniseColumns } from './recognise.ts'
export { type CodedText, type PeopleColumn, type PeopleTable, ROLES, type Role } from './roles.ts'
export type { WeightStep } from './weigh.ts'

export interface MatchOptions {
  threads?: number
  /** Probability from which two records are linked; absent: chosen for the best expected F1. */
  threshold?: number
  /** Further labels that keep records apart (kind: person or organisation), 0 = none. */
  apart?: Uint32Array[]
  /**
   * Source of each record: only records of different sources are linked, and a source whose records are all different people
   * gives at most one to an entity.
   */
  sources?: Uint32Array
  /** What people decided: pairs that are one entity, pairs that are not. */
  decisions?: Decided | undefined
  onProgress?: (note: string) => void
}

export interface MatchResult {
  /** For each record the smallest record of its entity. */
  entity: Uint32Array
  /** Probability of the best link of each record inside its entity; 1 for a record that stands alone. */
  probability: Float32Array
  entities: number
  pairsCompared: number
  /** Pairs that belong together but that no blocking rule brought together, estimated. */
  missedPairs: number
  /** Probability. */
  threshold: number
  expectedF1: number
  /** Components cut because their ends contradict each other. */
  cut: number
  /** Components a person should look at. */
  flagged: FlaggedComponent[]
  /** Every pair compared, with its weight. */
  scored: { left: Uint32Array; right: Uint32Array; logOdds: Float32Array }
  rules: { id: string; pairs: number }[]
  model: MatchModel
  /** Pairs at or above a probability, best first is not guaranteed. */
  pairs(from: number): { left: Uint32Array; right: Uint32Array; probability: Float32Array }
  /** The waterfall of one pair: bits for and against, step by step. */
  explain(i: number, j: number): WeightStep[]
}

/** 300,000 draws give u of a one-in-ten-thousand agreement to ±20 %; rarer ones are bounded by half a pair. */
const RANDOM_PAIRS = 300_000

/** Rounds of EM over single pairs after the patterns have settled; more change the third digit of m. */
const RELEARN = 8

const probabilityOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

export async function matchPeople(table: PeopleTable, options: MatchOptions = {}): Promise<MatchResult> {
  const note = options.onProgress ?? (() => undefined)
  note('standardise')
  const found = buildEvidence(table)
  return matchEvidence(found, options)
}

export async function matchEvidence(found: Evidence, options: MatchOptions = {}): Promise<MatchResult> {
  const { records, columns, comparisons } = found
  const note = options.onProgress ?? (() => undefined)
  note('block')
  const rules = proposeRules(found.keys, records)
  const maxBlock = records < COMPARE_ALL_BELOW ? Number.POSITIVE_INFINITY : MAX_BLOCK
  note('compare')
  const scored = await scorePairs(
    {
      records,
      columns,
      comparisons,
      rules: rules.map(rule => rule.columns),
      maxBlock,
      randomPairs: RANDOM_PAIRS,
      sources: options.sources,
    },
    options.threads,
  )
  note('learn')
  const learner = new Learner(
    comparisons,
    { patterns: scored.patterns, counts: scored.counts },
    { patterns: scored.randomPatterns, counts: scored.randomCounts },
    possiblePairs(records, options.sources),
    records,
  )
  let model = learner.learn()
  let weigher = pairWeigher(model, columns)
  const sample = samplePairs(scored)
  for (let round = 0; round < RELEARN; round++) {
    model = learner.relearn(expectations(scored, sample, weigher))
    weigher = pairWeigher(model, columns)
  }
  const logOdds = weighPairs(scored, weigher)
  const best = bestThreshold(logOdds)
  const threshold =
    options.threshold === undefined ? best.threshold : Math.log(options.threshold / (1 - options.threshold))
  note('cluster')
  const levels = levelFunctions(comparisons, columns)
  const radix = radices(comparisons)
  const known = new Map<number, PatternWeight>()
  const weigh = (i: number, j: number): number => {
    const pattern = patternOf(levels, radix, i, j)
    let weight = known.get(pattern)
    if (!weight) {
      weight = weigher.patternWeight(pattern)
      known.set(pattern, weight)
    }
    return weigher.logOdds(weight, i, j)
  }
  const onePerSource = options.sources
    ? duplicateFreeSources({ sources: options.sources, ...scored, logOdds, threshold, weigh })
    : []
  const { entity, cut, flagged } = clusterPairs({
    records,
    left: scored.left,
    right: scored.right,
    logOdds,
    threshold,
    prior: Math.log(model.same / (1 - model.same)),
    decisions: options.decisions,
    apart: [found.verified, ...(options.apart ?? []), ...onePerSource],
    conflicts: twoNumbers(comparisons, columns),
    weigh,
  })
  const probability = new Float32Array(records)
  let entities = 0
  for (let p = 0; p < scored.left.length; p++) {
    const i = scored.left[p]!
    const j = scored.right[p]!
    if (entity[i] !== entity[j]) continue
    const value = probabilityOf(logOdds[p]!)
    if (value > probability[i]!) probability[i] = value
    if (value > probability[j]!) probability[j] = value
  }
  for (let i = 0; i < records; i++) {
    if (entity[i] === i) entities++
    if (probability[i] === 0) probability[i] = 1
  }
  return {
    entity,
    probability,
    entities,
    pairsCompared: scored.left.length,
    missedPairs: estimateMissed(
      rules.map(rule => rule.columns),
      scored.left,
      scored.right,
      p => entity[scored.left[p]!] === entity[scored.right[p]!],
    ),
    threshold: probabilityOf(threshold),
    expectedF1: best.expectedF1,
    cut,
    flagged,
    scored: { left: scored.left, right: scored.right, logOdds },
    rules: rules.map((rule, r) => ({
      id: rule.id,
      pairs: scored.rule.reduce((sum, by) => sum + (by === r ? 1 : 0), 0),
    })),
    model,
    pairs: from => {
      const bound = Math.log(from / (1 - from))
      const kept = Uint32Array.from(logOdds.keys().filter(p => logOdds[p]! >= bound))
      return {
        left: kept.map(p => scored.left[p]!),
        right: kept.map(p => scored.right[p]!),
        probability: Float32Array.from(kept, p => probabilityOf(logOdds[p]!)),
      }
    },
    explain: (i, j) => weigher.explain(patternOf(levels, radix, i, j), i, j),
  }
}
