import type { App } from '../../platform/app.ts'
import { asJson, type WorkflowTransaction } from '../../platform/stores/workflow/index.ts'
import { needErrors } from './errors.ts'
import type { Need, NeedBody } from './need.ts'
import type { NeedTrial } from './workflow-tables.ts'

type Store = Pick<App, 'workflow'>

export const versionsOf = (app: Store, code: string) =>
  app.workflow.db.selectFrom('need_versions').selectAll().where('code', '=', code).orderBy('version', 'desc').execute()

export const allVersions = (app: Store) =>
  app.workflow.db.selectFrom('need_versions').selectAll().orderBy('code').orderBy('version', 'desc').execute()

/**
 * Of each need the version that holds on a day: the newest released one that had begun. One that ended, or was withdrawn, does not give way to
 * an older one.
 */
export async function needsInForce(app: Store, day: string): Promise<Need[]> {
  const rows = await allVersions(app)
  const newest = new Map<string, Need>()
  const decided = new Set<string>()
  for (const { code, version, state, body } of rows) {
    if (decided.has(code) || state === 'draft' || (body.validFrom !== null && body.validFrom > day)) continue
    decided.add(code)
    if (state === 'released' && (body.validTo === null || body.validTo > day))
      newest.set(code, { code, version, ...body })
  }
  return [...newest.values()]
}

/** Keeps what is being written; the draft has the next number until it is released. */
export async function saveDraft(app: Store, code: string, body: NeedBody, userId: number | null): Promise<number> {
  return app.workflow.transaction(async tx => {
    const [newest] = await tx
      .selectFrom('need_versions')
      .select(['version', 'state'])
      .where('code', '=', code)
      .orderBy('version', 'desc')
      .limit(1)
      .execute()
    if (newest?.state === 'draft') {
      await tx
        .updateTable('need_versions')
        .set({ body: asJson(body), created_by: userId, created_at: new Date() })
        .where('code', '=', code)
        .where('version', '=', newest.version)
        .execute()
      return newest.version
    }
    const version = (newest?.version ?? 0) + 1
    await tx
      .insertInto('need_versions')
      .values({
        code,
        version,
        state: 'draft',
        body: asJson(body),
        trial: null,
        created_by: userId,
        created_at: new Date(),
        released_by: null,
        released_at: null,
      })
      .execute()
    return version
  })
}

export async function dropDraft(app: Store, code: string): Promise<void> {
  await app.workflow.db.deleteFrom('need_versions').where('code', '=', code).where('state', '=', 'draft').execute()
}

export async function releaseDraft(
  app: Store,
  code: string,
  trial: NeedTrial | null,
  userId: number | null,
): Promise<number> {
  const row = await app.workflow.db
    .updateTable('need_versions')
    .set({ state: 'released', trial: trial ? asJson(trial) : null, released_by: userId, released_at: new Date() })
    .where('code', '=', code)
    .where('state', '=', 'draft')
    .returning('version')
    .executeTakeFirst()
  if (!row) throw needErrors['needs.no-draft']({ need: code })
  return row.version
}

/** The newest version that was ever released: what it says holds, or was withdrawn. */
export const newestReleased = async (app: Store, code: string) =>
  (await versionsOf(app, code)).find(row => row.state !== 'draft')

/** The newest released version no longer proposes anything, from the next turn on; putting it back is releasing a copy. */
export async function withdraw(app: Store, code: string): Promise<number> {
  const newest = await newestReleased(app, code)
  if (newest?.state !== 'released') throw needErrors['needs.not-in-force']({ need: code })
  await app.workflow.transaction(tx => setState(tx, newest, 'withdrawn'))
  return newest.version
}

export const setState = (
  tx: WorkflowTransaction,
  { code, version }: { code: string; version: number },
  state: 'released' | 'withdrawn',
) =>
  tx
    .updateTable('need_versions')
    .set({ state })
    .where('code', '=', code)
    .where('version', '=', version)
    .where('state', '!=', 'draft')
    .execute()
