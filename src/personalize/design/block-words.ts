import { type RuleFeature, ruleInWords, writeValue } from '../../analyze/index.ts'
import type { Text } from '../../platform/text.ts'
import type { Block } from './blocks.ts'
import type { Language } from './languages.ts'
import type { Inline, Phrase, RichText } from './rich-text.ts'
import type { When } from './when.ts'

/** How people read a block in a list of differences or in a comment: its words in one language, fields as [path]. */
export function blockInWords(block: Block, language: Language): string {
  const line = (phrase: Partial<Record<Language, Phrase>> | undefined) => phraseWords(phrase?.[language] ?? [])
  switch (block.type) {
    case 'text':
      return richWords(block.text, language)
    case 'table':
      return `${block.rows}: ${block.columns.map(({ title, path }) => line(title) || path).join(' | ')}`
    case 'chart':
      return [line(block.title), `${block.chart} ← ${block.from}`].filter(Boolean).join(': ')
    case 'picture':
      return `${line(block.alt)} (${block.asset.slice(0, 8)})`
    case 'barcode':
      return `${block.symbology}: ${phraseWords(block.value)}`
    case 'offer':
      return [line(block.label), line(block.body), line(block.note), block.contents.join(', ')]
        .filter(Boolean)
        .join(' · ')
    case 'fragment':
      return block.fragment
    case 'optional':
    case 'region':
      return line(block.title)
    case 'button':
      return `${line(block.label)} → ${phraseWords(block.link)}`
    case 'address':
      return block.facts.map(({ label, value }) => `${line(label)}: ${phraseWords(value)}`).join('; ')
    case 'step':
      return `${line(block.title)}: ${line(block.say)}`
    case 'space':
      return `${block.height} mm`
    default:
      return ''
  }
}

export const phraseWords = (phrase: Phrase): string =>
  phrase
    .map((each): string => {
      if (each.type === 'text') return each.text
      if (each.type === 'field') return `[${each.path}]`
      return choiceWords(phraseWords(each.content), phraseWords(each.otherwise ?? []))
    })
    .join('')

const inlineWords = (inlines: readonly Inline[]): string =>
  inlines
    .map((each): string => {
      if (each.type === 'text') return each.text
      if (each.type === 'field') return `[${each.path}]`
      if (each.type === 'break') return ' '
      return choiceWords(inlineWords(each.content), inlineWords(each.otherwise ?? []))
    })
    .join('')

const choiceWords = (shown: string, otherwise: string): string =>
  `{${shown}${otherwise === '' ? '' : ` / ${otherwise}`}}`

const richWords = (text: RichText, language: Language): string =>
  (text[language] ?? [])
    .map(paragraph =>
      'items' in paragraph ? paragraph.items.map(inlineWords).join('; ') : inlineWords(paragraph.content),
    )
    .join(' ¶ ')

/** A condition as a sentence: rules as segments say theirs, comparisons of the data by their paths. */
export function whenInWords(when: When, features: ReadonlyMap<string, RuleFeature>): Text {
  if (when.by === 'rule')
    return ruleInWords(when.rule, id => {
      const feature = features.get(id)
      const write = (value: number | string): Text =>
        feature ? writeValue(feature.unit, value) : { en: String(value), zh: String(value) }
      return { name: feature?.name ?? { en: id, zh: id }, write }
    })
  const [list, en, zh] = when.by === 'data' ? [when.all, ' and ', '，且'] : [when.any, ' or ', '，或']
  const said = list.map(comparison => {
    const value = 'value' in comparison ? [comparison.value].flat().join(', ') : ''
    const signs: Record<string, Text> = {
      in: { en: 'is one of', zh: '属于' },
      missing: { en: 'is missing', zh: '缺失' },
      known: { en: 'is there', zh: '有值' },
    }
    const sign = signs[comparison.op] ?? { en: comparison.op, zh: comparison.op }
    return {
      en: [comparison.path, sign.en, value].filter(Boolean).join(' '),
      zh: [comparison.path, sign.zh, value].filter(Boolean).join(' '),
    }
  })
  return { en: said.map(text => text.en).join(en), zh: said.map(text => text.zh).join(zh) }
}
