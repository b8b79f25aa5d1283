import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { defineJob } from '../../platform/jobs/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Data } from '../compose/check-data.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { composers } from '../composers.ts'
import { templateVersion } from '../template-store.ts'
import { baseVersion } from './base-version.ts'
import { chooseHardest } from './choose-hardest.ts'
import type { Comparison } from './compare-documents.ts'
import { errors } from './errors.ts'
import { newestBasis, type ProofBasis, proofData } from './proof-data.ts'
import { type ProofMember, proofSet, saveChosen } from './proof-set.ts'

/** Documents drawn and compared in one go: a page takes .1 s on each side. */
const BATCH = 4

export interface ProofOrder {
  template: string
  version: number
  /** Choose the hardest customers anew before. */
  choose: boolean
  by: string
}

/** Writes down that a proof is to be made, and has it made. */
export async function startProof(app: App, { template, version, choose, by }: ProofOrder): Promise<number> {
  await templateVersion(app, template, version)
  const set = await proofSet(app, template)
  if (set.length === 0 && !choose) throw errors['personalize.proof-empty']({ template })
  const basis = await newestBasis(app)
  const { id } = await app.workflow.db
    .insertInto('proof_runs')
    .values({
      template,
      version,
      base_version: await baseVersion(app, template, version),
      state: 'running',
      error: null,
      basis: asJson(basis),
      members: set.length,
      done: 0,
      coverage: asJson({ branches: [], taken: [] }),
      started_by: by,
      started_at: new Date(),
      finished_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await app.jobs.send(proofJob, { run: id, choose }, { group: `proof-${id}`, key: String(id) })
  return id
}

export const proofJob = defineJob({
  name: 'personalize.make-proof',
  version: 1,
  schema: z.object({ run: z.number(), choose: z.boolean() }),
  retry: { limit: 0, delaySeconds: 1 },
  async handle({ run, choose }, { services: { app } }) {
    try {
      await makeProof(app, run, choose)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      await change(app, run, { state: 'failed', error: reason, finished_at: new Date() })
      throw error
    }
  },
})

type Change = Partial<Record<'done' | 'members', number>> & {
  state?: 'done' | 'failed'
  error?: string
  finished_at?: Date
}
const change = (app: App, run: number, values: Change) =>
  app.workflow.db.updateTable('proof_runs').set(values).where('id', '=', run).execute()

async function makeProof(app: App, runId: number, choose: boolean): Promise<void> {
  const run = await app.workflow.db
    .selectFrom('proof_runs')
    .selectAll()
    .where('id', '=', runId)
    .executeTakeFirstOrThrow()
  const { content } = await templateVersion(app, run.template, run.version)
  const before = run.base_version === null ? null : (await templateVersion(app, run.template, run.base_version)).content
  if (choose)
    await saveChosen(
      app,
      content,
      await chooseHardest(app, run.basis, content, async (done, total) => {
        await change(app, runId, { done, members: total })
      }),
    )
  const set = await proofSet(app, run.template)
  await change(app, runId, { done: 0, members: set.length })
  const data = await dataOf(app, run.basis, content, set)
  await app.workflow.db.deleteFrom('proof_results').where('run_id', '=', runId).execute()
  const taken = new Set<string>()
  for (let from = 0; from < set.length; from += BATCH) {
    const members = set.slice(from, from + BATCH)
    const rows = members.map(member => data.get(member.id)!)
    const [compared, measured] = await Promise.all([
      composers(app).study({ kind: 'compare', version: content, before, rows }),
      composers(app).study({ kind: 'measure', version: content, rows, whole: true }),
    ])
    for (const one of measured) for (const branch of one.taken) taken.add(branch)
    await app.workflow.db
      .insertInto('proof_results')
      .values(members.map((member, at) => row(runId, member, compared[at]!)))
      .execute()
    await change(app, runId, { done: from + members.length })
  }
  const branches = await composers(app).study({ kind: 'branches', version: content })
  const coverage = { branches, taken: [...taken].filter(id => branches.some(branch => branch.id === id)) }
  await app.workflow.db
    .updateTable('proof_runs')
    .set({ state: 'done', finished_at: new Date(), coverage: asJson(coverage) })
    .where('id', '=', runId)
    .execute()
}

const row = (runId: number, { id, customerId }: ProofMember, found: Comparison) => ({
  run_id: runId,
  member_id: id,
  customer_id: customerId,
  before: asJson(found.before),
  now: asJson(found.now),
  pages: asJson(found.pages),
  added: found.added,
  removed: found.removed,
  fingerprint: found.fingerprint,
})

/** Data of every member, by its number. */
export async function dataOf(
  app: App,
  basis: ProofBasis,
  version: TemplateVersion,
  members: readonly ProofMember[],
): Promise<Map<number, Data>> {
  const customers = members.filter(({ kind }) => kind === 'customer')
  const rows = await proofData(app, basis, version, customers)
  return new Map([
    ...customers.map((member, at) => [member.id, rows[at]!] as const),
    ...members.flatMap(({ id, row }) => (row ? [[id, row] as const] : [])),
  ])
}
