import type { Design } from '../design.ts'
import { isPart, type Laid } from './laid.ts'
import { partsAt, say } from './markup.ts'

/** The text part of a mail, read by programs without HTML and by those who listen. */
export function plainOf(blocks: readonly Laid[], design: Design, mail: boolean): string {
  const foot = [
    '-- ',
    '{{ brand.name }}',
    '{{ brand.address }}',
    '{{ brand.legal }}',
    ...(mail && design.mail ? ['', say('why'), `${say('unsubscribe')}: {{ unsubscribe }}`] : []),
  ]
  return `${texts(blocks)}\n${foot.join('\n')}\n`
}

/** Every block ends its paragraph itself, so that what is left out leaves no empty lines behind. */
const texts = (blocks: readonly Laid[]): string => blocks.map(block => text(block, blocks)).join('')
const paragraph = (liquid: string): string => `${liquid}\n\n`
const unlessEmpty = (name: string, liquid: string): string => `{% if t['${name}'] != '' %}${liquid}{% endif %}`

function text(block: Laid, beside: readonly Laid[]): string {
  switch (block.type) {
    case 'text':
      return unlessEmpty(block.plain, paragraph(say(block.plain)))
    case 'table': {
      const columns = block.columns.map(({ title }, at) => `${say(title)}: {{ row[${at}] }}`).join(', ')
      const sums = block.columns.map((_, at) => `{{ tables['${block.id}'].totals[${at}] }}`).join(' ')
      const total = block.totals ? `${block.totalLabel ? `${say(block.totalLabel)} ` : ''}${sums}\n` : ''
      const none = block.empty === undefined ? '' : `{% else %}${paragraph(say(block.empty))}`
      return `{% if tables['${block.id}'].rows.size > 0 %}{% for row in tables['${block.id}'].rows %}- ${columns}\n{% endfor %}${total}\n${none}{% endif %}`
    }
    case 'chart':
      return block.title === undefined
        ? ''
        : `{% if ${block.from} %}${paragraph(`${say(block.title)} (${say(block.alt)})`)}{% endif %}`
    case 'picture':
      return unlessEmpty(
        block.alt,
        paragraph(block.link ? `[${say(block.alt)}] ${say(block.link)}` : `[${say(block.alt)}]`),
      )
    case 'barcode':
      return unlessEmpty(block.text, paragraph(`${say(block.alt)}: ${say(block.text)}`))
    case 'slot': {
      const { id, space, contents, fallback } = block
      const shown = contents.map(({ key, field, headline, body, note, codeLabel, code }, at) => {
        const test = space === 'left' ? `slots['${id}'] == '${field}'` : `when['${key}']`
        const quote = codeLabel === undefined ? '' : `\n  ${say(codeLabel)}: ${say(code)}`
        return `{% ${at === 0 ? 'if' : 'elsif'} ${test} %}* ${say(headline)}\n  ${say(body)}${quote}\n  ${say(note)}\n\n`
      })
      return `${shown.join('')}{% else %}${texts(fallback)}{% endif %}`
    }
    case 'choice':
      return `{% if when['${block.key}'] %}${texts(block.blocks)}{% else %}${texts(block.otherwise)}{% endif %}`
    case 'part':
      return partsAt(block.id, beside.filter(isPart), part => texts(part.blocks))
    case 'region':
      return `{% if letter.texts['${block.id}'] %}{% for line in letter.texts['${block.id}'] %}${paragraph('{{ line }}')}{% endfor %}{% else %}${texts(block.blocks)}{% endif %}`
    case 'columns':
      return block.columns.map(({ blocks }) => texts(blocks)).join('')
    case 'button':
      return paragraph(`${say(block.label)}: ${say(block.link)}`)
    case 'address':
      return `${block.facts.map(({ label, value }) => unlessEmpty(value, `${say(label)}: ${say(value)}\n`)).join('')}\n`
    case 'step':
      return paragraph(`${say(block.title)}\n${say(block.say)}`)
    case 'divider':
    case 'space':
      return ''
  }
}

/** One line for a short message: the words of all blocks, one after the other. Its body is itself a text, filled before it is sized. */
export const shortOf = (blocks: readonly Laid[], sayIn: (name: string) => string): string =>
  blocks
    .map(block => {
      if (block.type === 'text') return `${sayIn(block.plain)} `
      if (block.type === 'choice')
        return `{% if when['${block.key}'] %}${shortOf(block.blocks, sayIn)}{% else %}${shortOf(block.otherwise, sayIn)}{% endif %}`
      return ''
    })
    .join('')
