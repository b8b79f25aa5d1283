import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { reasonText } from '../compose/outcome.ts'
import type { proofResult, proofRun, proofsView } from './api.ts'
import { errors } from './errors.ts'
import { proofSet } from './proof-set.ts'

type Store = Pick<App, 'workflow'>
type Result = z.infer<typeof proofResult>

/** A proof with its results and what people said of them. */
export async function readProof(app: Store, template: string, run: number): Promise<z.infer<typeof proofRun>> {
  const { db } = app.workflow
  const found = await db
    .selectFrom('proof_runs')
    .selectAll()
    .where('template', '=', template)
    .where('id', '=', run)
    .executeTakeFirst()
  if (!found) throw errors['personalize.proof-run']({ template, run })
  const [results, verdicts] = await Promise.all([
    db.selectFrom('proof_results').selectAll().where('run_id', '=', run).orderBy('member_id').execute(),
    db.selectFrom('proof_verdicts').selectAll().where('template', '=', template).execute(),
  ])
  const said = new Map(verdicts.map(row => [`${row.member_id}/${row.fingerprint}`, row]))
  const rows = results.map((row): Result => {
    const verdict = row.fingerprint === '' ? undefined : said.get(`${row.member_id}/${row.fingerprint}`)
    return {
      memberId: row.member_id,
      before: row.before && { ...row.before, says: reasonText(row.before.reason) },
      now: { ...row.now, says: reasonText(row.now.reason) },
      pages: row.pages,
      added: row.added,
      removed: row.removed,
      changed: row.fingerprint !== '',
      verdict: verdict ? { intended: verdict.intended, by: verdict.by, at: verdict.at.toISOString() } : null,
    }
  })
  return {
    id: found.id,
    version: found.version,
    baseVersion: found.base_version,
    state: found.state,
    error: found.error,
    asOf: found.basis.asOf,
    members: found.members,
    done: found.done,
    coverage: found.coverage,
    startedBy: found.started_by,
    startedAt: found.started_at.toISOString(),
    finishedAt: found.finished_at?.toISOString() ?? null,
    open: rows.filter(isOpen).length,
    results: rows,
  }
}

/** Somebody has to look at it: it changed, or cannot be made, and nobody said that it should. */
export const isOpen = ({ changed, verdict }: Result): boolean => changed && verdict?.intended !== true

export async function proofsOf(app: Store, template: string, version: number): Promise<z.infer<typeof proofsView>> {
  const runs = await app.workflow.db
    .selectFrom('proof_runs')
    .select(['id', 'version', 'base_version', 'state', 'started_at'])
    .where('template', '=', template)
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  const newest = runs.find(run => run.version === version)
  const set = await proofSet(app, template)
  return {
    set: set.map(({ row, ...member }) => ({
      ...member,
      id: member.id,
      example: row === null ? null : exampleName(row),
    })),
    runs: runs.map(run => ({
      id: run.id,
      version: run.version,
      baseVersion: run.base_version,
      state: run.state,
      startedAt: run.started_at.toISOString(),
    })),
    newest: newest ? await readProof(app, template, newest.id) : null,
  }
}

const exampleName = (row: Record<string, unknown>): string => String(row['id'] ?? '')
