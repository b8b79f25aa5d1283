import type { Step } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { fillBoard } from '../board/fill-board.ts'
import { ruleFeatures } from '../features/catalogue.ts'
import { boardFigures, segmentMembers, type UsedSegment } from '../tables.ts'
import { compileSegments } from './compile.ts'
import { definitions, ruleDomains } from './definitions.ts'
import { segmentErrors } from './errors.ts'
import { proveSegments } from './prove.ts'

interface Group {
  segment: string
  customers: number
  valueMinor: number
  revenueMinor: number
  churn: number
}

const groupsSql = `
SELECT
  m.segment AS segment,
  count() AS customers,
  avg(m.value_minor) AS valueMinor,
  avg(f.monetary_365_minor) AS revenueMinor,
  avg(m.churn_probability) AS churn
FROM segment_members AS m
INNER JOIN features AS f ON f.customer_id = m.customer_id
WHERE m.run_id = {runId:UInt64} AND f.run_id = {featuresRun:UInt64}
GROUP BY m.segment`

/** Tried in order: the first rule that holds takes the customer. */
export const segmentsStep: Step = {
  id: 'segments',
  title: { en: 'Segments', zh: '客户类别' },
  resumes: false,
  writes: [segmentMembers, boardFigures],
  async run({ app, turn, runId, runOf, progress }) {
    const rules = await definitions(app)
    if (rules.length === 0) throw segmentErrors['analyze.no-segments']()
    const proof = proveSegments(rules, ruleDomains, true)
    progress(1, 4, 'proof')

    const featuresRun = runOf('features')
    const modelsRun = runOf('models')
    const compiled = compileSegments(rules, id => ruleFeatures.get(id)!)
    await app.facts.exec(
      `INSERT INTO segment_members (run_id, customer_id, segment, value_minor, churn_probability, recency_days)
       SELECT {runId:UInt64}, f.customer_id, ${compiled.segment}, s.value_minor, s.churn_probability, f.recency_days
       FROM features AS f
       INNER JOIN scores AS s ON s.customer_id = f.customer_id
       WHERE f.run_id = {featuresRun:UInt64} AND s.run_id = {modelsRun:UInt64}`,
      { ...compiled.params, runId, featuresRun, modelsRun },
    )
    progress(2, 4, 'members')

    const groups = await app.facts.query<Group>(groupsSql, { runId, featuresRun })
    const counts = new Map(groups.map(group => [group.segment, group.customers]))
    const { customers } = await app.facts.one<{ customers: number }>(
      'SELECT count() AS customers FROM features WHERE run_id = {featuresRun:UInt64}',
      { featuresRun },
    )
    const members = [...counts.values()].reduce((sum, n) => sum + n, 0)
    // The proof speaks of the rules, this of the rows: should they ever disagree, nothing is built on it.
    if (members !== customers || (proof.complete === 'proven' && counts.has('')))
      throw segmentErrors['analyze.segments-broken']({ run: runId, customers, members, none: counts.get('') ?? 0 })
    if (counts.has('')) throw segmentErrors['analyze.segments-incomplete']({ customers: counts.get('')! })

    const used: UsedSegment[] = rules.map(rule => {
      const group = groups.find(found => found.segment === rule.code)
      return {
        ...rule,
        customers: group?.customers ?? 0,
        valueMinor: group?.valueMinor ?? 0,
        revenueMinor: group?.revenueMinor ?? 0,
        churn: group?.churn ?? 0,
      }
    })
    await app.workflow.db
      .insertInto('segment_runs')
      .values({ run_id: runId, as_of: turn.asOf, proof: asJson(proof), segments: asJson(used) })
      .onConflict(conflict =>
        conflict.column('run_id').doUpdateSet({ proof: asJson(proof), segments: asJson(used), as_of: turn.asOf }),
      )
      .execute()
    progress(3, 4, 'board')
    await fillBoard(app.facts, { runId, featuresRun, modelsRun, segmentsRun: runId })
    progress(4, 4)
    return {
      customers,
      segments: Object.fromEntries(used.map(segment => [segment.name.en, segment.customers])),
      exclusive: proof.exclusive,
      complete: proof.complete,
    }
  },
}
