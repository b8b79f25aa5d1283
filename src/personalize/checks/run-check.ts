import { z } from 'zod'
import { campaignRun } from '../../campaign/index.ts'
import { contactPolicy } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import { defineJob } from '../../platform/jobs/index.ts'
import { dropRun } from '../../platform/stores/facts/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { kinds } from '../kinds/kind-store.ts'
import { communicationPlan } from '../kinds/tables.ts'
import { templateOf } from '../kinds/template-of.ts'
import { cutIntoParts } from '../plan/parts.ts'
import type { Basis, Part } from '../plan/planned.ts'
import { writePlan } from '../plan/write-plan.ts'
import { liveTemplates, type StoredVersion } from '../template-store.ts'
import { checkPart, composeKept, type Finding, Representatives } from './check-part.ts'
import { type CheckFigures, composeFindings, runOfCheck } from './tables.ts'

/** Checks of one campaign that are kept. */
const KEPT = 5
/** Parts read while the threads work on others. */
const AT_ONCE = 3

export async function startCheck(app: App, campaign: number, wave: number, by: string): Promise<number> {
  await campaignRun(app, campaign)
  const { id } = await app.workflow.db
    .insertInto('compose_checks')
    .values({
      campaign_id: campaign,
      wave,
      state: 'running',
      error: null,
      done: 0,
      total: 0,
      figures: asJson({ checked: 0, fine: 0, held: 0, composed: 0, reasons: [] }),
      started_by: by,
      started_at: new Date(),
      finished_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await app.jobs.send(checkJob, { check: id }, { group: `compose-check-${id}`, key: String(id) })
  return id
}

export const checkJob = defineJob({
  name: 'personalize.check-campaign',
  version: 1,
  schema: z.object({ check: z.number() }),
  retry: { limit: 0, delaySeconds: 1 },
  async handle({ check }, { services: { app } }) {
    try {
      await carryOutCheck(app, check)
    } catch (error) {
      const values = { state: 'failed' as const, error: String((error as Error).message), finished_at: new Date() }
      await app.workflow.db.updateTable('compose_checks').set(values).where('id', '=', check).execute()
      throw error
    }
  },
})

async function carryOutCheck(app: App, check: number): Promise<void> {
  const { db } = app.workflow
  const row = await db.selectFrom('compose_checks').selectAll().where('id', '=', check).executeTakeFirstOrThrow()
  const basis = await basisOf(app, row.campaign_id, row.wave, runOfCheck(check))
  await dropRun(app.facts, composeFindings, basis.runId)
  await writePlan(app, basis)
  try {
    const figures = await checkAll(app, basis, async (done, total) => {
      await db.updateTable('compose_checks').set({ done, total }).where('id', '=', check).execute()
    })
    await db
      .updateTable('compose_checks')
      .set({ state: 'done', finished_at: new Date(), figures: asJson(figures) })
      .where('id', '=', check)
      .execute()
  } finally {
    await dropRun(app.facts, communicationPlan, basis.runId)
  }
  await forgetOld(app, row.campaign_id)
}

/** As the turn composes, but that nothing counts as sent before: a check of a campaign that went out checks it all again. */
async function basisOf(app: App, campaign: number, wave: number, runId: number): Promise<Basis> {
  const { turnId, campaignRun: members, asOf } = await campaignRun(app, campaign)
  const [identityRun, planRun] = await Promise.all([app.runs.of(turnId, 'identity'), app.runs.of(turnId, 'plan')])
  return { turnId, asOf, runId, identityRun, campaignRun: members, composedRuns: [], planRun, wave, later: [] }
}

interface CheckedPart {
  part: Part
  template: StoredVersion
  kept: Representatives
}

async function checkAll(
  app: App,
  basis: Basis,
  progress: (done: number, total: number) => Promise<void>,
): Promise<CheckFigures> {
  const [live, all, { currency }] = await Promise.all([liveTemplates(app, basis.asOf), kinds(app), contactPolicy(app)])
  const parts = await cutIntoParts(app, basis.runId, [])
  const total = parts.reduce((sum, { size }) => sum + size, 0)
  const groups = new Map<string, CheckedPart>()
  const tally = new Tally()
  let checked = 0
  const work = parts.values()
  const lane = async (): Promise<void> => {
    for (const part of work) {
      const template = templateOf(all, live, part.kind, part.channel)
      const key = `${part.kind}/${part.channel}`
      if (!groups.has(key)) groups.set(key, { part, template, kept: new Representatives() })
      const found = await checkPart(app, basis, part, currency, template, groups.get(key)!.kept)
      await writeFindings(app, basis.runId, found.findings)
      tally.add(found.findings)
      checked += found.checked
      await progress(checked, total)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  let composed = 0
  for (const { part, template, kept } of groups.values()) {
    const messages = kept.all()
    const findings = await composeKept(app, part, template, messages)
    await writeFindings(app, basis.runId, findings)
    tally.add(findings)
    composed += messages.length
  }
  const held = tally.held
  return { checked, fine: checked - held, held, composed, reasons: tally.reasons() }
}

class Tally {
  held = 0
  private readonly counts = new Map<string, CheckFigures['reasons'][number]>()

  add(findings: readonly Finding[]): void {
    this.held += findings.length
    for (const { kind, channel, template, reason, field } of findings) {
      const key = [kind, channel, template, reason, field].join('\n')
      const known = this.counts.get(key)
      if (known) known.customers++
      else this.counts.set(key, { kind, channel, template, reason, field, customers: 1 })
    }
  }

  reasons(): CheckFigures['reasons'] {
    return [...this.counts.values()].toSorted((a, b) => b.customers - a.customers)
  }
}

async function writeFindings(app: App, runId: number, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return
  const text = 'LowCardinality(String)'
  const column = (type: string, value: (finding: Finding) => unknown) => ({ type, values: findings.map(value) })
  await app.facts.insertColumns('compose_findings', {
    run_id: column('UInt64', () => runId),
    customer_id: column('UInt64', ({ customerId }) => customerId),
    kind: column(text, ({ kind }) => kind),
    channel: column(text, ({ channel }) => channel),
    template: column(text, ({ template }) => template),
    template_version: column('UInt32', ({ templateVersion }) => templateVersion),
    reason: column(text, ({ reason }) => reason),
    field: column(text, ({ field }) => field),
    detail: column('String', ({ detail }) => detail),
  })
}

async function forgetOld(app: App, campaign: number): Promise<void> {
  const old = await app.workflow.db
    .selectFrom('compose_checks')
    .select('id')
    .where('campaign_id', '=', campaign)
    .orderBy('id', 'desc')
    .offset(KEPT)
    .execute()
  for (const { id } of old) {
    await dropRun(app.facts, composeFindings, runOfCheck(id))
    await app.workflow.db.deleteFrom('compose_checks').where('id', '=', id).execute()
  }
}
