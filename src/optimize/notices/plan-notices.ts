import type { Facts, Params } from '../../platform/stores/facts/index.ts'
import { ruleSql, type SqlPart, subjects } from '../options/subjects-sql.ts'
import type { Notice } from './notice.ts'

/** Planned by the address of the golden record, as letters are; whoever got it in an earlier turn does not get it again. */
const noticeSql = (rule: SqlPart): string => `
INSERT INTO plan_notices (run_id, customer_id, notice, channel)
SELECT {runId:UInt64}, g.customer_id, {notice:String}, 'letter'
${subjects()}
WHERE (${rule.sql}) AND ${BY_POST} AND ${NOT_YET}`

const BY_POST = "g.street != '' AND (g.city != '' OR g.postcode != '')"
/** Only letters since the notice's first day are opened: of 50 M contacts few. */
const NOT_YET = `g.customer_id NOT IN (
  SELECT customer_id FROM events FINAL
  WHERE type = 'sent' AND channel = 'letter' AND at >= toDateTime64({from:Date}, 3, 'UTC') AND JSONExtractString(payload, 'kind') = 'notice' AND JSONExtractString(payload, 'offer') = {notice:String}
)`

const unreachableSql = (rule: SqlPart): string => `
SELECT count() AS customers
${subjects()}
WHERE (${rule.sql}) AND NOT (${BY_POST}) AND ${NOT_YET}`

export interface NoticePlanned {
  notice: string
  planned: number
  /** It concerns them, and no postal address is known. */
  unreachable: number
}

const EVERYBODY = { fromId: 0, toId: Number.MAX_SAFE_INTEGER }

/** Writes whom each notice goes to. */
export async function planNotices(
  facts: Facts,
  runId: number,
  notices: readonly Notice[],
  runs: Params,
): Promise<NoticePlanned[]> {
  const done: NoticePlanned[] = []
  for (const { id: notice, rule: concerned, from } of notices) {
    const rule = ruleSql(concerned, 'v_')
    const params = { ...runs, ...rule.params, ...EVERYBODY, runId, notice, from }
    await facts.exec(noticeSql(rule), params)
    const { customers } = await facts.one<{ customers: number }>(unreachableSql(rule), params)
    const { planned } = await facts.one<{ planned: number }>(
      'SELECT count() AS planned FROM plan_notices WHERE run_id = {runId:UInt64} AND notice = {notice:String}',
      { runId, notice },
    )
    done.push({ notice, planned, unreachable: customers })
  }
  return done
}
