import type { App } from '../../platform/app.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { contentErrors } from './errors.ts'
import type { FragmentSource, TemplateDraftSource } from './source.ts'

export type ContentKind = 'template' | 'fragment'
type Store = Pick<App, 'workflow'>

/** What drafts, approval and comparison ask of templates and fragments alike. */
interface Versions<Source> {
  /** Number of the newest version, whatever its dates; null: there is none. */
  newest(app: Store, id: string): Promise<number | null>
  source(app: Store, id: string, version: number): Promise<Source>
}

/** What an author works on again, from what was compiled; what compiling added is left out. */
export function sourceOf({ manifest, schema, brand, examples, design, files }: TemplateVersion): TemplateDraftSource {
  const common = { manifest, brand, examples: examples as TemplateDraftSource['examples'] }
  if (!design) {
    const { 'huiyin.typ': _, ...own } = files
    return { ...common, schema: schema as TemplateDraftSource['schema'], files: own }
  }
  const { when: _, ...properties } = (schema['properties'] ?? {}) as Record<string, unknown>
  return {
    ...common,
    schema: { ...schema, properties } as TemplateDraftSource['schema'],
    manifest: { ...manifest, charts: {}, slots: {} },
    design,
    files: {},
  }
}

const templates: Versions<TemplateDraftSource> = {
  async newest(app, id) {
    const row = await app.workflow.db
      .selectFrom('template_versions')
      .select(eb => eb.fn.max('version').as('version'))
      .where('template', '=', id)
      .executeTakeFirst()
    return row?.version ?? null
  },
  async source(app, id, version) {
    const row = await app.workflow.db
      .selectFrom('template_versions')
      .select('body')
      .where('template', '=', id)
      .where('version', '=', version)
      .executeTakeFirst()
    if (!row) throw contentErrors['personalize.no-content-version']({ id, version })
    return sourceOf(row.body)
  },
}

const fragments: Versions<FragmentSource> = {
  async newest(app, id) {
    const row = await app.workflow.db
      .selectFrom('fragment_versions')
      .select(eb => eb.fn.max('version').as('version'))
      .where('fragment', '=', id)
      .executeTakeFirst()
    return row?.version ?? null
  },
  async source(app, id, version) {
    const row = await app.workflow.db
      .selectFrom('fragment_versions')
      .select('body')
      .where('fragment', '=', id)
      .where('version', '=', version)
      .executeTakeFirst()
    if (!row) throw contentErrors['personalize.no-content-version']({ id, version })
    return row.body
  },
}

export const contentKind = (kind: ContentKind): Versions<TemplateDraftSource | FragmentSource> =>
  kind === 'template' ? templates : fragments
