/** What a template leaves to the agent: paragraphs that may go in or out and change places, regions open for words, free fields. */

import type { Data } from '../compose/check-data.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { type View, viewOf } from '../compose/texts.ts'
import type { Block } from '../design/blocks.ts'
import { allBlocks, withInner } from '../design/compile/expand.ts'
import { inLanguage, type Language } from '../design/languages.ts'
import type { Line, Phrase } from '../design/rich-text.ts'
import { errors } from '../errors.ts'
import type { LetterContent } from './tables.ts'

export interface FormPart {
  id: string
  title: string
  /** As the template has it. */
  on: boolean
  /** Paragraphs of one group may change places. */
  group: number
  text: string
}
export interface FormRegion {
  id: string
  title: string
  open: boolean
  /** The template's words, filled for this customer. */
  text: string
}
export interface FormField {
  name: string
  title: string
  required: boolean
}
export interface LetterForm {
  parts: FormPart[]
  regions: FormRegion[]
  fields: FormField[]
}

export const isInteractive = ({ design, manifest }: TemplateVersion): boolean =>
  design !== undefined &&
  manifest.channel === 'print' &&
  allBlocks(design.blocks).some(
    block => block.type === 'optional' || (block.type === 'region' && block.mode === 'open'),
  )

export const unwritten: LetterContent = { parts: {}, texts: {}, order: [], fields: {}, enclosures: [] }

/** The form for one customer; `data` are the letter's before anybody wrote in it. */
export function formOf(version: TemplateVersion, data: Data): LetterForm {
  const { design } = version
  if (!design) throw errors['personalize.template-file']({ template: version.id, file: 'design.json', problem: '–' })
  const view = viewOf(version, { ...data, letter: {} })
  const language = view.lang as Language
  const titled = (line: Line): string => phraseText(inLanguage(line, language, design.languages) ?? [])
  const parts: FormPart[] = []
  const regions: FormRegion[] = []
  let groups = 0
  const walk = (blocks: readonly Block[]): Block[] => {
    const group = blocks.some(block => block.type === 'optional') ? groups++ : -1
    for (const block of blocks) {
      if (block.type === 'optional')
        parts.push({
          id: block.id,
          title: titled(block.title),
          on: block.on,
          group,
          text: wordsIn(block.blocks, view),
        })
      if (block.type === 'region')
        regions.push({
          id: block.id,
          title: titled(block.title),
          open: block.mode === 'open',
          text: wordsIn(block.blocks, view),
        })
      withInner(block, walk)
    }
    return []
  }
  walk(design.blocks)
  return { parts, regions, fields: fieldsOf(version, language) }
}

/** As plain text, paragraph by paragraph: every text block keeps its words under `<id>.plain`. */
const wordsIn = (blocks: readonly Block[], view: View): string =>
  allBlocks(blocks)
    .flatMap(block => (block.type === 'text' ? (view.t[`${block.id}.plain`] ?? '') : []))
    .filter(text => text !== '')
    .join('\n\n')

const phraseText = (phrase: Phrase): string =>
  phrase.map(each => (each.type === 'text' ? each.text : each.type === 'field' ? `{${each.path}}` : '')).join('')

interface FieldSchema {
  title?: unknown
  'x-title'?: Record<string, unknown>
}

/** Declared by the data schema under `fields`: `{ "fields": { "properties": { "reference": { "title": … } }, "required": […] } }`. */
function fieldsOf({ schema }: TemplateVersion, language: Language): FormField[] {
  const declared = (schema['properties'] as Record<string, { properties?: unknown; required?: unknown }> | undefined)?.[
    'fields'
  ]
  const required = Array.isArray(declared?.required) ? declared.required : []
  return Object.entries((declared?.properties ?? {}) as Record<string, FieldSchema>).map(([name, one]) => {
    const title = one['x-title']?.[language] ?? one.title ?? name
    return { name, title: String(title), required: required.includes(name) }
  })
}
