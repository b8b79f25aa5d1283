/**
 * Statements that files bring are many (four a customer) and stand in the facts under the source's own keys. Each import's are
 * sealed when they are first seen: their number, and the sum of SHA-256 over every one as a 256-bit number, which any order
 * of the rows gives alike and any other set of rows does not. The seals lie in the other store.
 */
import type { App } from '../../platform/app.ts'

type Store = Pick<App, 'workflow' | 'facts'>

interface Digest {
  import_id: number
  statements: number
  digest: string
}

const DIGESTS = `
SELECT import_id, count() AS statements,
  toString(sum(reinterpretAsUInt256(SHA256(toString((source, row_key, channel, purpose, granted, at, wording, evidence)))))) AS digest
FROM consents
WHERE import_id IN {ids:Array(UInt64)}
GROUP BY import_id`

const digests = (app: Store, ids: readonly number[]): Promise<Digest[]> =>
  app.facts.query<Digest>(DIGESTS, { ids: [...ids] })

/** Seals what is committed and not sealed yet; returns how many imports that were. */
export async function sealImports(app: Store): Promise<number> {
  const [sealed, committed] = await Promise.all([
    app.workflow.db.selectFrom('consent_seals').select('import_id').execute(),
    app.facts.query<{ import_id: number }>(
      'SELECT DISTINCT import_id FROM consents WHERE import_id IN (SELECT import_id FROM import_commits)',
    ),
  ])
  const known = new Set(sealed.map(row => row.import_id))
  const fresh = committed.map(row => row.import_id).filter(id => !known.has(id))
  if (fresh.length === 0) return 0
  await writeSeals(app, await digests(app, fresh))
  return fresh.length
}

/** Seals anew what an erasure took rows from. */
export const sealAgain = async (app: Store, ids: readonly number[]): Promise<void> => {
  const now = new Map((await digests(app, ids)).map(row => [row.import_id, row]))
  await writeSeals(
    app,
    ids.map(import_id => now.get(import_id) ?? { import_id, statements: 0, digest: '0' }),
  )
}

async function writeSeals(app: Store, rows: readonly Digest[]): Promise<void> {
  if (rows.length === 0) return
  await app.workflow.db
    .insertInto('consent_seals')
    .values(rows.map(row => ({ ...row, sealed_at: new Date() })))
    .onConflict(conflict =>
      conflict
        .column('import_id')
        .doUpdateSet(set => ({ statements: set.ref('excluded.statements'), digest: set.ref('excluded.digest') })),
    )
    .execute()
}

/** Imports whose statements are not those that were sealed. */
export async function brokenSeals(app: Store): Promise<{ importId: number; sealed: number; found: number }[]> {
  const seals = await app.workflow.db.selectFrom('consent_seals').selectAll().execute()
  if (seals.length === 0) return []
  const now = new Map(
    (
      await digests(
        app,
        seals.map(row => row.import_id),
      )
    ).map(row => [row.import_id, row]),
  )
  return seals.flatMap(seal => {
    const found = now.get(seal.import_id) ?? { statements: 0, digest: '0' }
    return found.digest === seal.digest && found.statements === seal.statements
      ? []
      : [{ importId: seal.import_id, sealed: seal.statements, found: found.statements }]
  })
}
