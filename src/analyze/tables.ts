import type { Generated } from 'kysely'
import { factTable } from '../platform/stores/facts/tables.ts'
import type { Instant, Int8, JsonColumn } from '../platform/stores/workflow/index.ts'
import type { Text } from '../platform/text.ts'
import { affinityTables } from './affinity/tables.ts'
import { alarmFactTables } from './alarms/tables.ts'
import { catalogueMembers } from './catalogues/tables.ts'
import { featureCatalogue } from './features/catalogue.ts'
import { preferredChannels } from './preferred-channel/table.ts'
import type { Drift } from './registry/drift.ts'
import './registry/workflow-tables.ts'
import type { Proof } from './segments/prove.ts'
import type { Rule } from './segments/rule.ts'
import type { Service } from './segments/service.ts'
import { segmentTables } from './segments/tables.ts'
import { sevenPTables } from './seven-p/tables.ts'
import { verdictTables } from './verdicts/tables.ts'
import { worthTables } from './worth/tables.ts'

/** The columns after as_of are rendered from features/catalogue.ts: one per feature, named by its id. */
export const features = factTable({
  name: 'features',
  comment: 'What is known of each customer as of a date, one column per declared feature',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    as_of: 'Date',
    ...Object.fromEntries(featureCatalogue.map(feature => [feature.id, feature.type])),
    // Of features the company declared and of research answers: id → value; who has none has no entry.
    own_numbers: 'Map(LowCardinality(String), Float64)',
    own_texts: 'Map(LowCardinality(String), String)',
    own_lists: 'Map(LowCardinality(String), Array(String))',
  },
  orderBy: ['customer_id'],
  partitionBy: 'run_id',
})

export const scores = factTable({
  name: 'scores',
  comment: 'What the models say of each customer',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    r: 'UInt8',
    f: 'UInt8',
    m: 'UInt8', // quintiles, 5 = best
    p_alive: 'Float32',
    expected_purchases: 'Float32', // over 12 months
    value_minor: 'Int64',
    value_low_minor: 'Int64',
    value_high_minor: 'Int64', // discounted margin, 12 months, 95 % interval
    churn_probability: 'Float32',
    churn_reasons: 'Array(String)', // feature ids, strongest first
    uplift: 'Nullable(Float32)', // what being contacted adds to the chance of buying, where a random control group has taught it
  },
  orderBy: ['customer_id'],
  partitionBy: 'run_id',
})

export const itemPairs = factTable({
  name: 'item_pairs',
  comment: 'Products (or categories) bought together more than chance, lift shrunk',
  columns: {
    run_id: 'UInt64',
    basis: "LowCardinality(String) DEFAULT 'basket'", // basket: in one invoice | customer: owned by one customer
    level: "LowCardinality(String) DEFAULT 'product'", // product | category: what product_a and product_b are codes of
    product_a: 'String',
    product_b: 'String',
    baskets: 'UInt64', // with both; customers where the basis is customers
    with_a: 'UInt64', // with product_a
    lift: 'Float32',
    shrunk_lift: 'Float32',
    q_value: 'Float32',
  },
  orderBy: ['product_a', 'shrunk_lift'],
  partitionBy: 'run_id',
  shardBy: 'product_a',
})

export const nextProducts = factTable({
  name: 'next_products',
  comment: 'What a customer may want next, with the product that explains it',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    rank: 'UInt8',
    product_code: 'String',
    category: 'LowCardinality(String)',
    score: 'Float32',
    kind: 'LowCardinality(String)', // repeat | explore | need
    because: 'String', // product_code that explains it most; '' where a need does
    reasons: 'Array(String)', // up to three product codes, strongest first
    reason_shares: 'Array(Float32)', // each one's share of all that speaks for the product
    rule: "String DEFAULT ''", // kind need: code@version of the need whose rule proposes it
  },
  orderBy: ['customer_id', 'rank'],
  partitionBy: 'run_id',
})

export const segmentMembers = factTable({
  name: 'segment_members',
  comment: 'Every customer in exactly one segment',
  columns: {
    run_id: 'UInt64',
    customer_id: 'UInt64',
    segment: 'LowCardinality(String)',
    // What the list of a segment's members shows and is ordered by: from the features and scores of the same turn.
    value_minor: 'Int64',
    churn_probability: 'Float32',
    recency_days: 'Nullable(UInt32)',
  },
  orderBy: ['customer_id'],
  partitionBy: 'run_id',
})

export const boardFigures = factTable({
  name: 'board_figures',
  comment: 'Figures of the seven-P board by segment',
  columns: {
    run_id: 'UInt64',
    p: 'LowCardinality(String)',
    figure: 'LowCardinality(String)',
    segment: 'LowCardinality(String)', // '' = all
    value: 'Float64',
    customers: 'UInt64',
  },
  orderBy: ['p', 'figure', 'segment'],
  partitionBy: 'run_id',
  shardBy: 'run_id',
})

export const modelChecks = factTable({
  name: 'model_checks',
  comment: 'Expected against what really followed, by decile; decile 0 is the total',
  columns: {
    run_id: 'UInt64',
    model: 'LowCardinality(String)',
    decile: 'UInt8',
    customers: 'UInt64',
    expected: 'Float64',
    actual: 'Float64',
    baseline: 'Float64',
  },
  orderBy: ['model', 'decile'],
  partitionBy: 'run_id',
  shardBy: 'run_id',
})

export const factTables = [
  ...alarmFactTables,
  features,
  scores,
  itemPairs,
  nextProducts,
  segmentMembers,
  boardFigures,
  modelChecks,
  ...affinityTables,
  catalogueMembers,
  preferredChannels,
  ...sevenPTables,
  ...segmentTables,
  ...worthTables,
  ...verdictTables,
]

// --- workflow -----------------------------------------------------------------------------------------------------

/** What was fitted, on what, as of when; and, once the year after is known, what became of it. */
interface ModelsTable {
  id: Generated<number>
  run_id: Int8
  model: string
  as_of: string
  trained_on: Int8
  /** The features it was trained on stand under this run. */
  features_run: Int8
  parameters: JsonColumn<Record<string, number>>
  metrics: JsonColumn<Record<string, number>>
  /** Everything needed to score again. */
  definition: JsonColumn<unknown>
  /** Why the model was not used and the simple rule stood in; null: it was used. */
  problem: string | null
  verdict: 'good' | 'recalibrate' | 'retrain' | 'stop' | 'unjudged'
  evidence: JsonColumn<Text> | null
  judged_by_run: Int8 | null
  learner: string | null
  /** Of the trainer's sources: the same digits, the same code. */
  code: string | null
  /** As of when it was trained; null: as of the turn. */
  trained_as_of: string | null
  /** How its inputs and scores differ from those it was trained on. */
  drift: JsonColumn<Drift[]> | null
  version_id: Int8 | null
  created_at: Generated<Instant>
}

interface SegmentRunsTable {
  run_id: Int8
  as_of: string
  proof: JsonColumn<Proof>
  /** The definitions as they were used, and whom each took. */
  segments: JsonColumn<UsedSegment[]>
  /** Of the rules. */
  version: Int8 | null
  /** What the features rested on, to tell whether rows arrived since (segments/refresh/rows-seen.ts). */
  seen: string | null
}

export interface UsedSegment {
  code: string
  name: Text
  strategy: Text
  rule: Rule
  service?: Service | undefined
  customers: number
  /** Means over them: discounted margin of the next 12 months, sales of the last, churn probability. */
  valueMinor: number
  revenueMinor: number
  churn: number
}

declare module '../platform/stores/workflow/schema.ts' {
  interface WorkflowSchema {
    models: ModelsTable
    segment_runs: SegmentRunsTable
  }
}
