import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { TemplateManifest } from '../compose/template.ts'
import { liveTemplates } from '../template-store.ts'
import { kindErrors } from './errors.ts'
import { type Kind, kindSchema } from './kind.ts'

type Store = Pick<App, 'workflow'>

export async function kinds({ workflow }: Store): Promise<Kind[]> {
  const rows = await workflow.db
    .selectFrom('communication_kinds')
    .selectAll()
    .orderBy('position')
    .orderBy('code')
    .execute()
  return rows.map(row => kindSchema.parse(row.body))
}

/** A new kind, or the one of this code anew; refused while live templates say otherwise. */
export async function saveKind(app: Store, userId: number, kind: Kind): Promise<void> {
  for (const { content } of await liveTemplates(app)) {
    const problem =
      content.manifest.kind === kind.code || isWay(kind, content.id) ? mismatch(kind, content.manifest) : ''
    if (problem !== '')
      throw kindErrors['personalize.kind-template']({ kind: kind.code, template: content.id, ...problem })
  }
  const before = (await kinds(app)).find(({ code }) => code === kind.code)
  const { workflow } = app
  const body = asJson(kind)
  const updated_at = new Date()
  await workflow.transaction(async tx => {
    const { last } = await tx
      .selectFrom('communication_kinds')
      .select(eb => eb.fn.max('position').as('last'))
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('communication_kinds')
      .values({ code: kind.code, position: Number(last ?? 0) + 1, body, updated_at })
      .onConflict(conflict => conflict.column('code').doUpdateSet({ body, updated_at }))
      .execute()
  })
  await audit(app, {
    userId,
    action: before ? 'kind.change' : 'kind.add',
    object: `kind/${kind.code}`,
    detail: { before: before ?? null, after: kind },
  })
}

/** What no communication was ever made of can go; others stay, for the ledger names them. */
export async function removeKind(app: Pick<App, 'workflow' | 'facts'>, userId: number, code: string): Promise<void> {
  const { made } = await app.facts.one<{ made: number }>(
    'SELECT count() AS made FROM (SELECT 1 FROM communications WHERE kind = {code:String} LIMIT 1)',
    { code },
  )
  const used = (await liveTemplates(app)).filter(({ content }) => content.manifest.kind === code)
  if (made > 0 || used.length > 0)
    throw kindErrors['personalize.kind-used']({
      kind: code,
      templates: used.map(({ content }) => content.id).join(', '),
    })
  const { numDeletedRows } = await app.workflow.db
    .deleteFrom('communication_kinds')
    .where('code', '=', code)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw kindErrors['personalize.no-kind']({ kind: code })
  await audit(app, { userId, action: 'kind.remove', object: `kind/${code}` })
}

export async function kindOf(app: Store, code: string): Promise<Kind> {
  const all = await kinds(app)
  const found = all.find(kind => kind.code === code)
  if (!found) throw kindErrors['personalize.no-kind']({ kind: code })
  return found
}

const isWay = (kind: Kind, template: string): boolean => kind.ways.some(way => way.template === template)

interface Mismatch {
  field: string
  is: string
  wanted: string
}

/** Where a template contradicts its kind; '' when it does not. Asked before a template goes live, too. */
export function mismatch(kind: Kind, manifest: TemplateManifest): Mismatch | '' {
  if (manifest.kind !== kind.code) return { field: 'kind', is: manifest.kind, wanted: kind.code }
  if (manifest.class !== kind.class) return { field: 'class', is: manifest.class, wanted: kind.class }
  if (manifest.legalForm !== kind.legalForm)
    return { field: 'legalForm', is: manifest.legalForm, wanted: kind.legalForm }
  if (manifest.channel === 'print' && manifest.pdf !== kind.pdf)
    return { field: 'pdf', is: manifest.pdf, wanted: kind.pdf }
  return ''
}

/** Before a template goes live: its kind must be known and agree with it. */
export async function checkAgainstKind(app: Store, template: string, manifest: TemplateManifest): Promise<void> {
  const kind = await kindOf(app, manifest.kind)
  const problem = mismatch(kind, manifest)
  if (problem !== '') throw kindErrors['personalize.kind-template']({ kind: kind.code, template, ...problem })
}
