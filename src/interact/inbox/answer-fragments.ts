/** The company's own sentences as plain text for an answer; what only a template knows stays as 〔field〕 for the person to fill in. */
import type { z } from 'zod'
import { type FragmentContent, fragmentsOn } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import type { answerFragments } from './api.ts'

type Block = FragmentContent['blocks'][number]
type Inline = Extract<Block, { type: 'text' }>['text']['en'] extends (infer P)[] | undefined ? P : never

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
    const title = titles.find(row => row.fragment === id && row.version === version)?.body.title
    return text.length === 0 ? [] : [{ id, title: title ?? { en: id, zh: id }, text: text.join('\n\n') }]
  })
}

function wordsOf(block: Block, language: string, known: Readonly<Record<string, string>>): string {
  if (block.type !== 'text') return ''
  const texts: Partial<Record<string, Inline[]>> = block.text
  const paragraphs = texts[language] ?? texts['zh-CN'] ?? texts['en'] ?? []
  return paragraphs.map(paragraph => lineOf(paragraph, known)).join('\n')
}

/** Of whatever nests: text stands, a field is filled or named. */
function lineOf(node: unknown, known: Readonly<Record<string, string>>): string {
  if (Array.isArray(node)) return node.map(each => lineOf(each, known)).join('')
  if (typeof node !== 'object' || node === null) return ''
  const { type, text, path, fallback, content, items } = node as Record<string, unknown>
  if (type === 'text') return String(text)
  if (type === 'break') return '\n'
  if (type === 'field') return known[String(path)] || (fallback ? String(fallback) : `〔${String(path)}〕`)
  if (Array.isArray(items)) return items.map(item => `- ${lineOf(item, known)}`).join('\n')
  return lineOf(content, known)
}
