import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Catalogue, CatalogueBody } from './catalogue.ts'
import { catalogueErrors } from './errors.ts'

export const storedCatalogues = (app: Pick<App, 'workflow'>, retired = false) =>
  app.workflow.db.selectFrom('catalogues').selectAll().where('retired', '=', retired).orderBy('code').execute()

/** The catalogues in use; an offer may refer to one by its code. */
export const cataloguesOf = async (app: Pick<App, 'workflow'>): Promise<Catalogue[]> =>
  (await storedCatalogues(app)).map(({ code, body }) => ({ code, ...body }))

/** One of them, also one no longer used: what was sent keeps its content. */
export async function catalogueOf(app: Pick<App, 'workflow'>, code: string): Promise<Catalogue> {
  const row = await app.workflow.db.selectFrom('catalogues').selectAll().where('code', '=', code).executeTakeFirst()
  if (!row) throw catalogueErrors['catalogues.no-such-catalogue']({ catalogue: code })
  return { code, ...row.body }
}

export async function saveCatalogue(
  app: App,
  code: string,
  body: CatalogueBody,
  by: { source: 'hand' | 'suggested'; userId: number | null },
): Promise<void> {
  const known = await app.facts.query<{ code: string }>(
    `SELECT DISTINCT product_code AS code FROM products
     WHERE product_code IN {codes:Array(String)} AND import_id IN (SELECT import_id FROM import_commits)`,
    { codes: body.products },
  )
  const there = new Set(known.map(row => row.code))
  const missing = body.products.filter(product => !there.has(product))
  if (missing.length > 0)
    throw catalogueErrors['catalogues.unknown-product']({ catalogue: code, products: missing.slice(0, 5).join(', ') })
  const row = {
    body: asJson({ ...body, products: [...new Set(body.products)] }),
    source: by.source,
    retired: false,
    updated_by: by.userId,
    updated_at: new Date(),
  }
  await app.workflow.db
    .insertInto('catalogues')
    .values({ code, ...row })
    .onConflict(conflict => conflict.column('code').doUpdateSet(row))
    .execute()
}

export async function retireCatalogue(app: App, code: string, retired: boolean): Promise<void> {
  await catalogueOf(app, code)
  await app.workflow.db.updateTable('catalogues').set({ retired }).where('code', '=', code).execute()
}
