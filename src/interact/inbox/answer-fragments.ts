/** The company's own sentences as plain text for an answer; what only a template knows stays as 〔field〕 for the person to fill in. */
import type { z } from 'zod'
import { fragmentsOn } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { wordsOf } from '../fragment-words.ts'
import type { answerFragments } from './api.ts'

export async function fragmentsFor(
  app: App,
  language: string,
  known: Readonly<Record<string, string>>,
): Promise<z.output<typeof answerFragments>['rows']> {
  const fragments = await fragmentsOn(app)
  const titles = await app.workflow.db
    .selectFrom('fragment_versions')
    .select(['fragment', 'version', 'body'])
    .where('fragment', 'in', [...fragments.keys(), ''])
    .execute()
  return [...fragments].flatMap(([id, { version, content }]) => {
    const text = content.blocks.map(block => wordsOf(block, language, known)).filter(words => words !== '')
    const body = titles.find(row => row.fragment === id && row.version === version)?.body
    const title = body?.title
    // What is said on the telephone is not written.
    return text.length === 0 || body?.objection
      ? []
      : [{ id, title: title ?? { en: id, zh: id }, text: text.join('\n\n') }]
  })
}

/** The approved words of one fragment; null: there is none, or not in this language, or with a field that is not known here. */
export async function fragmentText(
  app: App,
  id: string,
  language: string,
  known: Readonly<Record<string, string>>,
): Promise<string | null> {
  const content = (await fragmentsOn(app)).get(id)?.content
  if (!content?.languages.some(one => one === language)) return null
  const text = content.blocks.map(block => wordsOf(block, language, known)).filter(words => words !== '')
  return text.length === 0 || text.some(words => words.includes('〔')) ? null : text.join('\n\n')
}
