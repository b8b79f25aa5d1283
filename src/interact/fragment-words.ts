/** The words of a fragment's block as plain text; what only a template knows stays as 〔field〕. */
import type { FragmentContent } from '../personalize/index.ts'

type Block = FragmentContent['blocks'][number]
type Inline = Extract<Block, { type: 'text' }>['text']['en'] extends (infer P)[] | undefined ? P : never

export function wordsOf(block: Block, language: string, known: Readonly<Record<string, string>>): string {
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
