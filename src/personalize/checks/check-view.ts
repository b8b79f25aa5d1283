import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { reasonText } from '../compose/outcome.ts'
import type { checkView, findingList } from './api.ts'
import { errors } from './errors.ts'
import { runOfCheck } from './tables.ts'

/** Of a campaign, the newest first. */
export async function listChecks(app: Pick<App, 'workflow'>, campaign: number): Promise<z.infer<typeof checkView>[]> {
  const rows = await app.workflow.db
    .selectFrom('compose_checks')
    .selectAll()
    .where('campaign_id', '=', campaign)
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ figures, ...row }) => ({
    id: row.id,
    wave: row.wave,
    state: row.state,
    error: row.error,
    done: row.done,
    total: row.total,
    checked: figures.checked,
    fine: figures.fine,
    held: figures.held,
    composed: figures.composed,
    reasons: figures.reasons.map(each => ({ ...each, says: reasonText(each.reason) })),
    startedBy: row.started_by,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }))
}

interface FindingRow {
  customer_id: number
  kind: string
  channel: string
  template: string
  template_version: number
  reason: string
  field: string
  detail: string
}

export async function listFindings(
  app: Pick<App, 'facts' | 'workflow'>,
  campaign: number,
  check: number,
  {
    reason,
    field,
    offset,
    limit,
  }: { reason?: string | undefined; field?: string | undefined; offset: number; limit: number },
  plain: boolean,
): Promise<z.infer<typeof findingList>> {
  const known = await app.workflow.db
    .selectFrom('compose_checks')
    .select('id')
    .where('id', '=', check)
    .where('campaign_id', '=', campaign)
    .executeTakeFirst()
  if (!known) throw errors['personalize.no-check']({ check, campaign })
  const which = `run_id = {runId:UInt64} AND ({reason:String} = '' OR reason = {reason:String}) AND ({field:String} = '' OR field = {field:String})`
  const params = { runId: runOfCheck(check), reason: reason ?? '', field: field ?? '' }
  const [{ total }, rows] = await Promise.all([
    app.facts.one<{ total: number }>(`SELECT count() AS total FROM compose_findings WHERE ${which}`, params),
    app.facts.query<FindingRow>(
      `SELECT customer_id, toString(kind) AS kind, toString(channel) AS channel, toString(template) AS template, template_version,
         toString(reason) AS reason, toString(field) AS field, detail
       FROM compose_findings WHERE ${which}
       ORDER BY reason, field, customer_id LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
      { ...params, offset, limit },
    ),
  ])
  return {
    total,
    rows: rows.map(row => ({
      customerId: row.customer_id,
      kind: row.kind,
      channel: row.channel,
      template: row.template,
      templateVersion: row.template_version,
      reason: row.reason,
      says: reasonText(row.reason),
      field: row.field,
      detail: plain ? row.detail : '',
    })),
  }
}
