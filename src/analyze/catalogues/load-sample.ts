import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { catalogueBodySchema, catalogueCode } from './catalogue.ts'
import { catalogueErrors } from './errors.ts'

const fileSchema = z.strictObject({ catalogues: z.array(catalogueBodySchema.extend({ code: catalogueCode })).max(500) })

/** The sample company's collections, where none are kept. Its products are imported later, with the first turn. */
export async function loadCatalogues(app: App, file: string): Promise<number> {
  const { kept } = await app.workflow.db
    .selectFrom('catalogues')
    .select(eb => eb.fn.countAll<number>().as('kept'))
    .executeTakeFirstOrThrow()
  if (Number(kept) > 0) return 0
  let json: unknown
  try {
    json = JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw catalogueErrors['catalogues.unreadable']({ file, reason: (cause as Error).message }, cause)
  }
  const parsed = fileSchema.safeParse(json)
  if (!parsed.success) {
    const reason = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ')
    throw catalogueErrors['catalogues.unreadable']({ file, reason })
  }
  const rows = parsed.data.catalogues.map(({ code, ...body }) => ({
    code,
    body: asJson(body),
    source: 'hand' as const,
    retired: false,
    updated_by: null,
    updated_at: new Date(),
  }))
  await app.workflow.db.insertInto('catalogues').values(rows).execute()
  return rows.length
}
