import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { kindOf } from '../kinds/kind-store.ts'
import { liveTemplates } from '../template-store.ts'
import type * as api from './api.ts'
import { kindNames, type Person, startNew } from './drafts.ts'
import { proposedDate } from './effective.ts'
import { contentErrors } from './errors.ts'
import { sourceOf } from './kinds.ts'
import { readSource } from './read-source.ts'
import { contentIdSchema } from './source.ts'

/** A new template begins as a draft with the data, the company and, unless it is to be empty, the blocks of a live one. */
export async function newTemplate(app: App, given: z.infer<typeof api.newTemplate>, who: Person): Promise<number> {
  const id = contentIdSchema.safeParse(given.id).data
  if (id === undefined) throw contentErrors['personalize.content-id']({ id: given.id })
  const from = (await liveTemplates(app, await proposedDate(app))).find(({ content }) => content.id === given.from)
  if (!from) throw contentErrors['personalize.no-content']({ kind: kindNames.template, id: given.from })
  const [source, kind] = [sourceOf(from.content), await kindOf(app, given.kind)]
  const { manifest } = source
  const design = given.empty
    ? {
        format: 1 as const,
        languages: manifest.languages,
        title: {
          en: [{ type: 'text' as const, text: given.title.en }],
          'zh-CN': [{ type: 'text' as const, text: given.title.zh }],
        },
        blocks: [],
        page: { head: true, size: 10.5, justify: false },
        ...(source.design?.mail ? { mail: source.design.mail } : {}),
        ...(source.design?.call ? { call: source.design.call } : {}),
      }
    : source.design
  const made = {
    ...source,
    manifest: {
      ...manifest,
      title: given.title,
      kind: kind.code,
      class: kind.class,
      legalForm: kind.legalForm,
      ...(manifest.channel === 'print' ? { pdf: kind.pdf } : {}),
    },
    ...(design ? { design } : {}),
    files: design ? {} : source.files,
  }
  return startNew(app, 'template', id, readSource('template', id, made), who)
}

export async function newFragment(app: App, given: z.infer<typeof api.newFragment>, who: Person): Promise<number> {
  const id = contentIdSchema.safeParse(given.id).data
  if (id === undefined) throw contentErrors['personalize.content-id']({ id: given.id })
  const { title, owner, languages } = given
  return startNew(app, 'fragment', id, { title, owner, content: { languages, blocks: [] } }, who)
}
