import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { segmentList as listShape, segmentMemberList as membersShape } from '../api.ts'
import { daysBefore } from '../models/dates.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { segmentErrors } from '../segments/errors.ts'
import { ruleInWords } from '../segments/in-words.ts'
import { warningsOf } from '../segments/look/warnings.ts'
import { witnessInWords } from '../segments/look/witness-words.ts'
import type { Proof } from '../segments/prove.ts'
import { catalogueOf } from '../segments/rule-catalogue.ts'

/** All segments of the newest turn, with the proof and what they came to. */
export async function segmentList(app: App): Promise<z.infer<typeof listShape>> {
  const { asOf, segments: runId } = await runsOfTurn(app)
  const runs = await app.workflow.db
    .selectFrom('segment_runs')
    .innerJoin('runs', 'runs.id', 'segment_runs.run_id')
    .selectAll('segment_runs')
    .where('runs.state', '=', 'committed')
    .where('run_id', '<=', runId)
    .orderBy('run_id', 'desc')
    .limit(2)
    .execute()
  const [own, before] = runs
  const segments = own?.segments ?? []
  const [catalogue, warnings] = await Promise.all([catalogueOf(app), warningsOf(app, segments)])
  const customers = segments.reduce((sum, segment) => sum + segment.customers, 0)
  const proof = own!.proof
  const witness = proof.gap ?? proof.overlaps[0]?.witness ?? null
  return {
    runId,
    asOf,
    customers,
    proof: {
      exclusive: proof.exclusive === 'proven',
      complete: proof.complete === 'proven',
      method: methodOf(proof),
      witness: witness ? witnessInWords(witness, catalogue) : null,
    },
    rows: segments.map(segment => ({
      id: segment.code,
      name: segment.name,
      strategy: segment.strategy,
      rule: ruleInWords(segment.rule, catalogue.wordsOf),
      customers: segment.customers,
      share: customers > 0 ? segment.customers / customers : 0,
      valueMinor: segment.valueMinor,
      revenueMinor: segment.revenueMinor,
      churn: segment.churn,
      previous: before?.segments.find(s => s.code === segment.code)?.customers ?? null,
      flags: warnings.filter(warning => warning.segment === segment.code).map(warning => warning.text),
    })),
  }
}

const methodOf = (proof: Proof): Text =>
  proof.by === 'order'
    ? {
        en: 'Rules are tried in order and the first that holds takes the customer, so nobody is in two; that nobody is left out was proven by subtracting the rules from all possible customers.',
        zh: '规则按顺序判断，首个成立者收纳客户，故无人同属两类；从所有可能的客户中逐一减去各规则后无剩余，证明无人遗漏。',
      }
    : {
        en: 'No two rules share a possible customer (each pair was intersected), and nothing is left of all possible customers when the rules are subtracted.',
        zh: '任意两条规则没有共同的可能客户（逐对求交），且从所有可能的客户中减去各规则后无剩余。',
      }

const membersSql = `
SELECT customer_id, value_minor, churn_probability, recency_days
FROM segment_members
WHERE run_id = {segments:UInt64} AND segment = {segment:String}
ORDER BY value_minor DESC, customer_id
LIMIT {limit:UInt32} OFFSET {offset:UInt32}`

interface MemberRow {
  customer_id: number
  value_minor: number
  churn_probability: number
  recency_days: number | null
}

/** The members of one segment, the most valuable first. */
export async function segmentMembers(
  app: App,
  segment: string,
  page: { offset: number; limit: number },
): Promise<z.infer<typeof membersShape>> {
  const { asOf, identity, segments } = await runsOfTurn(app)
  const run = await app.workflow.db
    .selectFrom('segment_runs')
    .select('segments')
    .where('run_id', '=', segments)
    .executeTakeFirst()
  const own = run?.segments.find(s => s.code === segment)
  if (!own) throw segmentErrors['analyze.no-such-segment']({ segment })
  const rows = await app.facts.query<MemberRow>(membersSql, { segments, segment, ...page })
  const people = await app.facts.query<{ customer_id: number; name: string }>(
    'SELECT customer_id, name FROM golden_records WHERE run_id = {identity:UInt64} AND customer_id IN {ids:Array(UInt64)}',
    { identity, ids: rows.map(row => row.customer_id) },
  )
  const nameOf = new Map(people.map(person => [person.customer_id, person.name]))
  return {
    total: own.customers,
    rows: rows.map(row => ({
      customerId: row.customer_id,
      name: nameOf.get(row.customer_id) ?? '',
      valueMinor: row.value_minor,
      churn: row.churn_probability,
      lastPurchase: row.recency_days === null ? null : daysBefore(asOf, row.recency_days),
    })),
  }
}
