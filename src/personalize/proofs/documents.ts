import type { App } from '../../platform/app.ts'
import type { Data } from '../compose/check-data.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { composers } from '../composers.ts'
import { templateVersion } from '../template-store.ts'
import { disguised } from './disguise.ts'
import { errors } from './errors.ts'
import { proofSet } from './proof-set.ts'
import { dataOf } from './run-proof.ts'
import type { Pictured } from './study.ts'
import { type WordRun, wordDifference } from './text/word-difference.ts'

export interface Asked {
  template: string
  run: number
  member: number
  /** Whether the reader may see whose document it is. */
  plain: boolean
}

interface Document {
  now: TemplateVersion
  before: TemplateVersion | null
  data: Data
}

/** Both versions and the data the proof was made of; the same pictures and words come out each time. */
async function documentOf(app: App, { template, run, member, plain }: Asked): Promise<Document> {
  const found = await app.workflow.db
    .selectFrom('proof_runs')
    .select(['version', 'base_version', 'basis'])
    .where('template', '=', template)
    .where('id', '=', run)
    .executeTakeFirst()
  if (!found) throw errors['personalize.proof-run']({ template, run })
  const one = (await proofSet(app, template)).find(({ id }) => id === member)
  if (!one) throw errors['personalize.proof-member']({ template, member })
  const { content: now } = await templateVersion(app, template, found.version)
  const base = found.base_version === null ? null : await templateVersion(app, template, found.base_version)
  const data = (await dataOf(app, found.basis, now, [one])).get(member)
  if (!data) throw errors['personalize.proof-gone']({})
  return { now, before: base?.content ?? null, data: plain ? data : disguised(data) }
}

export async function proofPicture(
  app: App,
  asked: Asked & { side: 'before' | 'now'; page: number },
): Promise<NonNullable<Pictured>> {
  const { now, before, data } = await documentOf(app, asked)
  const version = asked.side === 'now' ? now : before
  const found = version
    ? await composers(app).study(
        version.manifest.channel === 'print'
          ? { kind: 'page', version, data, page: asked.page }
          : { kind: 'message', version, data },
      )
    : null
  if (found) return found
  throw errors['personalize.proof-page']({ member: asked.member, page: asked.page, version: asked.side })
}

export async function proofWords(app: App, asked: Asked): Promise<WordRun[]> {
  const { now, before, data } = await documentOf(app, asked)
  const [old, text] = await Promise.all([
    before ? composers(app).study({ kind: 'words', version: before, data }) : '',
    composers(app).study({ kind: 'words', version: now, data }),
  ])
  return wordDifference(before ? old : text, text)
}
