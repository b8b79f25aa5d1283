import type { Brand } from '../../compose/template.ts'
import type { Design } from '../design.ts'
import type { Compilation } from './compilation.ts'
import { isPart, type Laid, type LaidContent, type LaidOf } from './laid.ts'
import { byLanguageHtml, partsAt, runsHtml, say } from './markup.ts'
import type { LaidParagraph } from './runs.ts'

/** CSS pixels of a millimetre. */
const PX = 3.78
const colourOf = (colour: string, otherwise: string): string =>
  /^#[0-9a-fA-F]{3,8}$/.test(colour) ? colour : otherwise

/** Blocks as MJML: one column of the mail, with sections of their own for what stands side by side. */
export function mjmlOf(blocks: readonly Laid[], design: Design, to: Compilation, brand: Brand, mail: boolean): string {
  const colours = {
    brand: colourOf(brand.colour.brand, '#1f5f5b'),
    accent: colourOf(brand.colour.accent, '#b5451f'),
    tint: colourOf(brand.colour.tint, '#f3efe6'),
  }
  const preview = mail && design.mail ? `\n    <mj-preview>${say('preheader')}</mj-preview>` : ''
  return `<mjml lang="{{ lang }}">
  <mj-head>
    <mj-title>${say('title')}</mj-title>${preview}
    <mj-raw>
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
    </mj-raw>
    <mj-attributes>
      <mj-all font-family="Arial,'PingFang SC','Microsoft YaHei',sans-serif" />
      <mj-text font-size="15px" line-height="1.65" color="#1c2430" padding="6px 28px" />
      <mj-section padding="0" background-color="#ffffff" css-class="paper" />
      <mj-button background-color="${colours.accent}" color="#ffffff" font-size="15px" font-weight="700" align="left" border-radius="4px" inner-padding="11px 26px" padding="8px 28px 10px" />
    </mj-attributes>
    <mj-style>${STYLE}</mj-style>
  </mj-head>
  <mj-body background-color="#eef1f0" width="600px" css-class="page">
    <mj-section background-color="${colours.brand}" padding="18px 0" css-class="head">
      <mj-column>
        <mj-text color="#ffffff" font-size="19px" font-weight="700" line-height="1.3" padding="0 28px">{{ brand.name }}</mj-text>
        <mj-text color="#d3e4e1" font-size="12px" line-height="1.4" padding="3px 28px 0">{{ brand.tagline }}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section padding="14px 0 0"><mj-column><mj-spacer height="4px" /></mj-column></mj-section>
${sections(blocks, to, colours).join('\n')}
    <mj-section padding="14px 0 0"><mj-column><mj-spacer height="4px" /></mj-column></mj-section>
${foot(design, mail)}
  </mj-body>
</mjml>
`
}

/** Dark programs are told which colours to turn: those that guess turn black on black. */
const STYLE = `
      :root { color-scheme: light dark; }
      @media (prefers-color-scheme: dark) {
        body, .page, .page > table { background: #12181c !important; background-color: #12181c !important; }
        .paper, .paper > table { background-color: #1b2328 !important; background: #1b2328 !important; }
        .paper div, .paper p, .paper td, .paper th, .paper li { color: #e8ecee !important; }
        .slot, .slot > table, .slot td { background-color: #26302f !important; background: #26302f !important; }
        .accent div, .accent { color: #f0a184 !important; }
        .soft, .soft div { color: #a9b4ba !important; }
        .head, .head > table { background-color: #17413e !important; background: #17413e !important; }
      }
    `

function foot(design: Design, mail: boolean): string {
  const why =
    mail && design.mail
      ? `\n        <mj-text css-class="soft" font-size="12px" color="#5b6470" line-height="1.6">${say('why')} <a href="{{ unsubscribe }}" style="color:inherit;text-decoration:underline">${say('unsubscribe')}</a></mj-text>`
      : ''
  return `    <mj-section padding="12px 0 24px" background-color="#eef1f0" css-class="page">
      <mj-column>${why}
        <mj-text css-class="soft" font-size="12px" color="#5b6470" line-height="1.6">{{ brand.name }} · {{ brand.address }}<br />{{ brand.legal }}</mj-text>
      </mj-column>
    </mj-section>`
}

interface Colours {
  brand: string
  accent: string
  tint: string
}

const raw = (liquid: string): string => `<mj-raw>${liquid}</mj-raw>`

/** Neighbours that need no section of their own share one; a choice opens and closes around whole sections. */
function sections(blocks: readonly Laid[], to: Compilation, colours: Colours): string[] {
  const lines: string[] = []
  let column: string[] = []
  const close = () => {
    if (column.length > 0)
      lines.push(`    <mj-section><mj-column>\n${column.join('\n')}\n    </mj-column></mj-section>`)
    column = []
  }
  const whole = (each: readonly Laid[]) => lines.push(...sections(each, to, colours))
  for (const block of blocks) {
    if (block.type === 'choice') {
      close()
      lines.push(raw(`{% if when['${block.key}'] %}`))
      whole(block.blocks)
      if (block.otherwise.length > 0) {
        lines.push(raw('{% else %}'))
        whole(block.otherwise)
      }
      lines.push(raw('{% endif %}'))
    } else if (block.type === 'columns') {
      close()
      const all = block.columns.reduce((sum, { width }) => sum + width, 0)
      const columns = block.columns.map(
        ({ width, blocks: inner }) =>
          `<mj-column width="${Math.floor((width * 100) / all)}%">\n${inColumn(inner, to, colours)}\n</mj-column>`,
      )
      lines.push(`    <mj-section>\n${columns.join('\n')}\n    </mj-section>`)
    } else if (block.type === 'slot') {
      close()
      lines.push(...slotSections(block, to, colours))
    } else column.push(element(block, to, colours, blocks))
  }
  close()
  return lines
}

function slotSections({ id, space, contents, fallback }: LaidOf<'slot'>, to: Compilation, colours: Colours): string[] {
  const tests = contents.map(({ key, field }) => (space === 'left' ? `slots['${id}'] == '${field}'` : `when['${key}']`))
  return [
    ...contents.flatMap((content, at) => [
      raw(`{% ${at === 0 ? 'if' : 'elsif'} ${tests[at]} %}`),
      slotSection(content, colours),
    ]),
    raw('{% else %}'),
    ...sections(fallback, to, colours),
    raw('{% endif %}'),
  ]
}

const slotSection = (
  { label, headline, body, note, codeLabel, code }: LaidContent,
  { brand, accent, tint }: Colours,
): string =>
  `    <mj-section padding="6px 28px"><mj-column background-color="${tint}" border-radius="6px" padding="10px 0" css-class="slot">
      <mj-text css-class="accent" font-size="12px" font-weight="700" color="${accent}" padding="6px 20px 0">${say(label)}</mj-text>
      <mj-text font-size="24px" font-weight="700" line-height="1.35" padding="2px 20px" color="${brand}">${say(headline)}</mj-text>
      <mj-text padding="2px 20px">${say(body)}</mj-text>${codeLabel === undefined ? '' : `\n      <mj-text padding="2px 20px">${say(codeLabel)}: <strong>${say(code)}</strong></mj-text>`}
      <mj-text css-class="soft" font-size="13px" color="#5b6470" padding="0 20px 4px">${say(note)}</mj-text>
    </mj-column></mj-section>`

/** What may stand in one column; what stands side by side on paper stands one below the other in here. */
function inColumn(blocks: readonly Laid[], to: Compilation, colours: Colours): string {
  return blocks.map(block => element(block, to, colours, blocks)).join('\n')
}

function element(block: Laid, to: Compilation, colours: Colours, beside: readonly Laid[]): string {
  const inner = (blocks: readonly Laid[]) => inColumn(blocks, to, colours)
  switch (block.type) {
    case 'text':
      return `<mj-text>${byLanguageHtml(to, language => (block.text[language] ?? []).map(each => paragraphHtml(each, colours)).join(''))}</mj-text>`
    case 'table':
      return tableElement(block)
    case 'chart': {
      const title =
        block.title === undefined
          ? ''
          : `<mj-text font-weight="700" padding="6px 28px 10px">${say(block.title)}</mj-text>\n`
      return `${raw(`{% if ${block.from} %}`)}\n${title}<mj-text padding="0 24px">{% chart ${block.from} ${block.chart} %}</mj-text>\n${raw('{% endif %}')}`
    }
    case 'picture': {
      const link = block.link === undefined ? '' : ` href="${say(block.link)}"`
      return `<mj-image src="/assets/${block.asset}" alt="${say(block.alt)}" width="${Math.min(544, Math.round(block.width * PX))}px" align="${block.align}" padding="8px 28px"${link} />`
    }
    case 'barcode':
      return `${raw(`{% if barcodes['${block.id}'] %}`)}\n<mj-image src="/barcodes/${block.id}" alt="${say(block.alt)}" width="${Math.min(544, Math.round(block.width * PX))}px" align="${block.align}" padding="8px 28px" />\n${raw('{% endif %}')}`
    case 'choice':
      return [
        raw(`{% if when['${block.key}'] %}`),
        inner(block.blocks),
        raw('{% else %}'),
        inner(block.otherwise),
        raw('{% endif %}'),
      ].join('\n')
    case 'part':
      return partsAt(block.id, beside.filter(isPart), part => inner(part.blocks), raw)
    case 'region':
      return [
        raw(`{% if letter.texts['${block.id}'] %}`),
        `<mj-text>{% for line in letter.texts['${block.id}'] %}<p style="margin:0 0 8px">{{ line }}</p>{% endfor %}</mj-text>`,
        raw('{% else %}'),
        inner(block.blocks),
        raw('{% endif %}'),
      ].join('\n')
    case 'columns':
      return block.columns.map(({ blocks }) => inner(blocks)).join('\n')
    case 'slot':
      return inner(block.fallback)
    case 'button':
      return `<mj-button href="${say(block.link)}">${say(block.label)}</mj-button>`
    case 'divider':
      return '<mj-divider border-width="1px" border-color="#d5dbe1" padding="8px 28px" />'
    case 'space':
      return `<mj-spacer height="${Math.round(block.height * PX)}px" />`
    case 'address':
      return `<mj-text css-class="soft" font-size="13px" color="#5b6470">${block.facts.map(({ label, value }) => `{% if t['${value}'] != '' %}${say(label)}: ${say(value)}<br />{% endif %}`).join('')}</mj-text>`
    case 'step':
      return `<mj-text font-weight="700">${say(block.title)}</mj-text>\n<mj-text>${say(block.say)}</mj-text>`
  }
}

const sizes = { 1: '22px', 2: '18px', 3: '16px' }

function paragraphHtml(paragraph: LaidParagraph, { brand }: Colours): string {
  switch (paragraph.type) {
    case 'heading': {
      const tag = `h${paragraph.level}`
      return `<${tag} style="margin:10px 0 6px;font-size:${sizes[paragraph.level]};line-height:1.35;color:${brand}">${runsHtml(paragraph.runs)}</${tag}>`
    }
    case 'bullets':
    case 'numbers': {
      const tag = paragraph.type === 'bullets' ? 'ul' : 'ol'
      return `<${tag} style="margin:0 0 8px;padding-left:22px">${paragraph.items.map(item => `<li>${runsHtml(item)}</li>`).join('')}</${tag}>`
    }
    case 'small':
      return `<p class="soft" style="margin:0 0 8px;font-size:12px;text-align:${paragraph.align}">${runsHtml(paragraph.runs)}</p>`
    default:
      return `<p style="margin:0 0 8px;text-align:${paragraph.align}">${runsHtml(paragraph.runs)}</p>`
  }
}

function tableElement({ id, columns, totals, totalLabel, empty }: LaidOf<'table'>): string {
  const cell = (tag: string, at: number, content: string, style = '') =>
    `<${tag} align="${columns[at]!.align}" style="padding:5px 6px;border-bottom:1px solid #d5dbe1;${style}">${content}</${tag}>`
  const head = columns.map(({ title }, at) => cell('th', at, say(title), 'font-size:12px;')).join('')
  const row = columns.map((_, at) => cell('td', at, `{{ row[${at}] }}`)).join('')
  const sum = (at: number) => `{{ tables['${id}'].totals[${at}] }}`
  const foot = columns.map((_, at) =>
    cell('td', at, at === 0 && totalLabel ? `${say(totalLabel)} ${sum(at)}` : sum(at), 'font-weight:700;'),
  )
  const table = `<mj-table font-size="13px" padding="6px 22px"><tr>${head}</tr>{% for row in tables['${id}'].rows %}<tr>${row}</tr>{% endfor %}${totals ? `<tr>${foot.join('')}</tr>` : ''}</mj-table>`
  const none = empty === undefined ? '' : `\n${raw('{% else %}')}\n<mj-text css-class="soft">${say(empty)}</mj-text>`
  return `${raw(`{% if tables['${id}'].rows.size > 0 %}`)}\n${table}${none}\n${raw('{% endif %}')}`
}
