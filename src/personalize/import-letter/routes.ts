import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { languageSchema } from '../design/languages.ts'
import { describeFields } from '../fields/describe-fields.ts'
import { liveTemplates } from '../template-store.ts'
import { contentIdSchema } from '../templates/source.ts'
import { importedLetter } from './api.ts'
import { importLetter } from './import-letter.ts'

/** More than is taken, so that whoever brings too much is told how much would be (open-docx.ts). */
const MOST_SENT = 64 * 1024 * 1024

export function importLetterRoutes(http: Http, app: App): void {
  http.register(async scoped => {
    scoped.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: MOST_SENT },
      (_req, body, done) => done(null, body),
    )
    const typed = scoped.withTypeProvider() as unknown as Http
    typed.post(
      '/templates/import-letter',
      {
        config: { permission: 'content.write' },
        bodyLimit: MOST_SENT,
        schema: {
          tags: ['content'],
          summary: 'Reads a Word letter (.docx) as the start of a design',
          querystring: z.object({
            name: z.string().trim().min(1).max(200),
            /** The template whose data it will be made of. */
            like: contentIdSchema.optional(),
            language: languageSchema.optional(),
          }),
          response: { 200: importedLetter },
        },
      },
      async req => {
        const { name, like, language } = req.query
        const bytes = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
        const paths = await pathsOf(app, like)
        const { userId } = req.user
        const letter = await importLetter(app, bytes, { name, userId, language, paths })
        const { design, notTaken, pictures } = letter
        await audit(app, {
          userId,
          action: 'letter.import',
          object: `letter/${like ?? ''}`,
          detail: { bytes: bytes.length, blocks: design.blocks.length, notTaken: notTaken.length },
        })
        const fields = Array.from(letter.fields, ([field, { path, known }]) => ({ name: field, path, known }))
        return { design, fields, notTaken, pictures }
      },
    )
  })
}

/** Without a template the usual fields of any message. */
async function pathsOf(app: App, like: string | undefined): Promise<Set<string>> {
  const live = await liveTemplates(app)
  const asked = like === undefined ? live : live.filter(({ content }) => content.id === like)
  return new Set(asked.flatMap(({ content }) => describeFields(content).map(({ path }) => path)))
}
