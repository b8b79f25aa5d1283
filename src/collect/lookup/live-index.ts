/**
 * Everyone in memory, so that one record is told in a moment: the evidence of the last identity run, its model and its rules. A
 * record is coded into a free slot and compared with those that share a block key, as a whole run would.
 */
import { MATCH_FIELDS, matchTable, type RecordFields } from '../identity/match-table.ts'
import { combineKeys } from '../match/block-keys.ts'
import { MAX_BLOCK } from '../match/blocking.ts'
import type { Comparison } from '../match/comparison.ts'
import { buildEvidence, type Evidence } from '../match/evidence.ts'
import type { MatchModel, WeightStep } from '../match/index.ts'
import { type LevelOf, levelFunctions } from '../match/levels.ts'
import { patternOf, radices } from '../match/pattern.ts'
import { type PairWeigher, type PatternWeight, pairWeigher } from '../match/weigh.ts'
import { BlockIndex } from './block-index.ts'
import { LiveValues } from './live-values.ts'

/** Standardised fields of one record; what is not given is not known. */
export type OneRecord = Partial<Record<(typeof MATCH_FIELDS)[number], string>>

export interface IndexInput {
  records: number
  fields: Record<(typeof MATCH_FIELDS)[number], { at(record: number): string | undefined }>
  customer: Float64Array
  model: MatchModel
  /** Keys of each blocking rule; none: every pair is compared. */
  rules: { keys: string[] }[]
  /** Records that may be added before the index is built anew. */
  spare: number
}

export interface Candidate {
  customerId: number
  /** The closest record of that customer. */
  record: number
  probability: number
  steps: WeightStep[]
}

interface LiveRule {
  keys: Uint32Array[][]
  slots: Uint32Array[]
  index: BlockIndex
}

/** Candidates answered at most. */
const SHOWN = 5
/** Below this probability a customer is not named at all. */
const FLOOR = 0.01

export class LiveIndex {
  private readonly fields: Record<string, LiveValues>
  private readonly evidence: Evidence
  private readonly levels: LevelOf[]
  private readonly radix: number[]
  private readonly weigher: PairWeigher
  private readonly weights = new Map<number, PatternWeight>()
  private readonly rules: LiveRule[]
  private readonly everyone: boolean
  private readonly customer: Float64Array
  /** Which question last met a record: each is compared once. */
  private readonly asked: Uint32Array
  private question = 0
  private filled: number
  private readonly capacity: number

  constructor({ records, fields, customer, model, rules, spare }: IndexInput) {
    this.fields = Object.fromEntries(MATCH_FIELDS.map(name => [name, new LiveValues(fields[name])]))
    // One slot more than may be added: the one a question is put into.
    this.capacity = records + spare
    this.evidence = buildEvidence(matchTable(records, this.fields as unknown as RecordFields), { spare: spare + 1 })
    const live = { ...model, comparisons: model.comparisons.map(({ id }) => this.comparison(id)) }
    this.levels = levelFunctions(live.comparisons, this.evidence.columns)
    this.radix = radices(live.comparisons)
    this.weigher = pairWeigher(live, this.evidence.columns)
    this.everyone = rules.length === 0 || rules.some(rule => rule.keys.length === 0)
    this.rules = this.everyone ? [] : rules.map(rule => this.liveRule(rule.keys, records))
    this.customer = new Float64Array(this.capacity + 1)
    this.customer.set(customer.subarray(0, records))
    this.asked = new Uint32Array(this.capacity + 1)
    this.filled = records
  }

  get records(): number {
    return this.filled
  }

  /** Free slots left. */
  get room(): number {
    return this.capacity - this.filled
  }

  customerOf(record: number): number {
    return this.customer[record] ?? 0
  }

  setCustomer(record: number, customerId: number): void {
    this.customer[record] = customerId
  }

  /** Who this is: customers by falling probability, each with its closest record. */
  match(one: OneRecord): Candidate[] {
    this.code(this.capacity, one)
    return this.nearest(this.capacity)
  }

  /** Keeps a record; returns its number. */
  add(one: OneRecord, customerId: number): number {
    if (this.room === 0) throw new RangeError('the index is full')
    const record = this.filled++
    this.code(record, one)
    for (const rule of this.rules) rule.index.add(record)
    this.customer[record] = customerId
    return record
  }

  /** Puts other values in a record's place. */
  change(record: number, one: OneRecord): void {
    for (const rule of this.rules) rule.index.remove(record)
    this.code(record, one)
    for (const rule of this.rules) rule.index.add(record)
  }

  /** Why two records are held to be one or two. */
  explain(i: number, j: number): { probability: number; steps: WeightStep[] } {
    const pattern = patternOf(this.levels, this.radix, i, j)
    return { probability: probabilityOf(this.logOdds(i, j)), steps: this.weigher.explain(pattern, i, j) }
  }

  /** Columns that no record filled in the run have a place here, since one that comes may: the comparison is told by its name. */
  private comparison(id: string): Comparison {
    const found = this.evidence.comparisons.find(comparison => comparison.id === id)
    if (!found) throw new Error(`comparison ${id} is not among the evidence`)
    return found
  }

  private liveRule(ids: readonly string[], records: number): LiveRule {
    const keys = ids.map(id => {
      const key = this.evidence.keys.find(candidate => candidate.id === id)
      if (!key) throw new Error(`block key ${id} is not among the evidence`)
      return key.columns
    })
    const slots = keys.length === 1 ? keys[0]! : [combineKeys(keys.map(columns => columns[0]!))]
    return { keys, slots, index: new BlockIndex(slots, records, MAX_BLOCK) }
  }

  private code(record: number, one: OneRecord): void {
    for (const name of MATCH_FIELDS) this.fields[name]!.set(record, one[name] ?? '')
    this.evidence.recode!(record)
    for (const { keys, slots } of this.rules)
      if (keys.length > 1)
        slots[0]![record] = combineKeys(keys.map(columns => columns[0]!.subarray(record, record + 1)))[0]!
  }

  private nearest(record: number): Candidate[] {
    const question = ++this.question
    const best = new Map<number, { record: number; logOdds: number }>()
    const compare = (other: number): void => {
      if (other === record || this.asked[other] === question) return
      this.asked[other] = question
      const customerId = this.customer[other]!
      if (customerId === 0 || this.apart(record, other)) return
      const logOdds = this.logOdds(record, other)
      const known = best.get(customerId)
      if (!known || logOdds > known.logOdds) best.set(customerId, { record: other, logOdds })
    }
    if (this.everyone) for (let other = 0; other < this.filled; other++) compare(other)
    else for (const rule of this.rules) rule.index.near(record, compare)
    return [...best]
      .map(([customerId, found]) => ({ customerId, ...found, probability: probabilityOf(found.logOdds) }))
      .filter(({ probability }) => probability >= FLOOR)
      .sort((a, b) => b.logOdds - a.logOdds || a.customerId - b.customerId)
      .slice(0, SHOWN)
      .map(({ customerId, record: other, probability }) => ({
        customerId,
        record: other,
        probability,
        steps: this.weigher.explain(patternOf(this.levels, this.radix, record, other), record, other),
      }))
  }

  /** Two verified numbers that differ, or a person and an organisation, are never one. */
  private apart(i: number, j: number): boolean {
    const { verified } = this.evidence
    if (verified[i] !== 0 && verified[j] !== 0 && verified[i] !== verified[j]) return true
    const { kind } = this.fields
    return (kind!.at(i) === 'organisation') !== (kind!.at(j) === 'organisation')
  }

  private logOdds(i: number, j: number): number {
    const pattern = patternOf(this.levels, this.radix, i, j)
    let weight = this.weights.get(pattern)
    if (!weight) {
      weight = this.weigher.patternWeight(pattern)
      this.weights.set(pattern, weight)
    }
    return this.weigher.logOdds(weight, i, j)
  }
}

const probabilityOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))
