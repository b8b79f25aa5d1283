import type { Text } from '../../platform/text.ts'
import { formatNames } from '../compose/formats.ts'
import type { TemplateManifest } from '../compose/template.ts'
import type { Block } from './blocks.ts'
import { allBlocks } from './compile/expand.ts'
import { isAddress } from './compile/liquid-of.ts'
import type { Field } from './fields.ts'
import type { InLanguages, Language } from './languages.ts'
import type { Inline, Line, Paragraph, Phrase, RichText } from './rich-text.ts'
import type { When } from './when.ts'

/** What keeps a design from being composed, or what an author should look at, and where. */
export interface Problem {
  /** The block's id; '' for the design's own title and settings. */
  block: string
  /** Of an expert's file. */
  file?: string
  line?: number
  /** The field of the data, when one is at fault. */
  field?: string
  severity: 'error' | 'warning'
  message: Text
}

interface Known {
  fields: readonly Field[]
  languages: readonly Language[]
  channel: TemplateManifest['channel']
  /** Fragments there are. */
  fragments: ReadonlySet<string>
  /** Features that rules may ask. */
  features: ReadonlySet<string>
}

/** Everything that is wrong with blocks, in their order. */
export function problemsOf(blocks: readonly Block[], known: Known): Problem[] {
  const check = new Check(known)
  const seen = new Set<string>()
  for (const block of allBlocks(blocks)) {
    check.at(block.id)
    if (seen.has(block.id)) check.say('error', 'Two blocks have this name.', '有两个内容块使用同一名称。')
    seen.add(block.id)
    check.block(block)
  }
  return check.found
}

/** Checks one line of the design itself, such as its title. */
export function problemsOfLine(line: Line | undefined, name: Text, known: Known): Problem[] {
  const check = new Check(known)
  check.at('')
  check.line(line, name)
  return check.found
}

class Check {
  readonly found: Problem[] = []
  private where = ''
  private readonly known: Known
  private readonly paths: ReadonlyMap<string, Field>

  constructor(known: Known) {
    this.known = known
    this.paths = new Map(known.fields.map(field => [field.path, field]))
  }

  at(block: string): void {
    this.where = block
  }

  say(severity: Problem['severity'], en: string, zh: string, field?: string): void {
    this.found.push({ block: this.where, severity, message: { en, zh }, ...(field === undefined ? {} : { field }) })
  }

  block(block: Block): void {
    if (block.when) this.when(block.when)
    switch (block.type) {
      case 'text':
        this.richText(block.text)
        return
      case 'table':
        this.table(block)
        return
      case 'chart':
        this.list(block.from)
        this.line(block.alt, { en: 'the words for those who do not see the chart', zh: '图表的替代文字' }, true)
        return
      case 'picture':
        if (block.link) this.address(block.link)
        this.line(block.alt, { en: 'the words for those who do not see the picture', zh: '图片的替代文字' }, true)
        return
      case 'barcode':
        this.phrase(block.value)
        this.line(block.alt, { en: 'the words for those who do not see the code', zh: '条码的替代文字' }, true)
        return
      case 'offer':
        for (const path of block.contents) this.path(path)
        if (block.space === 'left' && block.contents.some(path => path.includes('.')))
          this.say(
            'error',
            'A slot in the space that is left takes whole fields, as "offer".',
            '剩余空间插槽只能使用整个字段，如“offer”。',
          )
        return
      case 'fragment':
        if (!this.known.fragments.has(block.fragment))
          this.say(
            'error',
            `There is no approved fragment "${block.fragment}".`,
            `没有已批准的片段“${block.fragment}”。`,
          )
        return
      case 'condition':
        this.when(block.test)
        return
      case 'button':
        this.line(block.label, { en: 'the words on the button', zh: '按钮文字' }, true)
        this.address(block.link)
        return
      case 'address':
        for (const { value } of block.facts) this.phrase(value)
        return
      case 'step':
        if (this.known.channel !== 'call')
          this.say(
            'warning',
            'A step of a call is read out on the telephone; here it is set as text.',
            '通话步骤只用于外呼话术，此处按文本排版。',
          )
        this.line(block.title, { en: 'the title', zh: '标题' }, true)
        this.line(block.say, { en: 'what is said', zh: '话术内容' }, true)
        return
      default:
        return
    }
  }

  private table(block: Extract<Block, { type: 'table' }>): void {
    const list = this.list(block.rows)
    for (const { path, format, total, title } of block.columns) {
      this.line(title, { en: 'the title of a column', zh: '列标题' })
      this.format(format)
      const field = list?.rows?.find(each => each.path === path)
      if (list?.rows && list.rows.length > 0 && !field)
        this.say(
          'error',
          `Rows of ${block.rows} have no field "${path}".`,
          `${block.rows} 的行没有字段“${path}”。`,
          path,
        )
      else if (total && field && field.type !== 'number' && field.type !== 'money')
        this.say('error', `The column "${path}" holds no numbers to add up.`, `列“${path}”不是数字，无法合计。`, path)
    }
  }

  private list(path: string): Field | undefined {
    const field = this.path(path)
    if (!field || field.type === 'list') return field
    this.say('error', `The field "${path}" is no list.`, `字段“${path}”不是列表。`, path)
    return undefined
  }

  private path(path: string): Field | undefined {
    const field = this.paths.get(path)
    if (!field) this.say('error', `There is no field "${path}".`, `没有字段“${path}”。`, path)
    return field
  }

  private format(format: string | undefined): void {
    if (format !== undefined && !(formatNames as string[]).includes(format))
      this.say(
        'error',
        `There is no format "${format}": ${formatNames.join(', ')}.`,
        `没有格式“${format}”，可用：${formatNames.join('、')}。`,
      )
  }

  private when(when: When): void {
    if (when.by !== 'rule') {
      for (const { path } of when.by === 'data' ? when.all : when.any) this.path(path)
      return
    }
    const lists = 'any' in when.rule ? when.rule.any.map(({ all }) => all) : [when.rule.all]
    for (const { feature } of lists.flat())
      if (!this.known.features.has(feature))
        this.say(
          'error',
          `A rule asks for "${feature}", which is not known of customers.`,
          `规则使用了不存在的特征“${feature}”。`,
          feature,
        )
  }

  line(line: Line | undefined, name: Text, needed = false): void {
    this.languages(line, name, needed)
    for (const phrase of Object.values(line ?? {})) this.phrase(phrase)
  }

  private richText(text: RichText): void {
    this.languages(text, { en: 'the text', zh: '正文' }, false)
    for (const paragraphs of Object.values(text)) for (const paragraph of paragraphs) this.paragraph(paragraph)
  }

  private paragraph(paragraph: Paragraph): void {
    if ('items' in paragraph) for (const item of paragraph.items) this.inlines(item)
    else this.inlines(paragraph.content)
  }

  private inlines(inlines: readonly Inline[]): void {
    for (const each of inlines) {
      if (each.type === 'field') {
        this.path(each.path)
        this.format(each.format)
      }
      if (each.type === 'when') {
        this.when(each.when)
        this.inlines(each.content)
        this.inlines(each.otherwise ?? [])
      }
      if ('link' in each && each.link) this.address(each.link)
    }
  }

  private phrase(phrase: Phrase): void {
    for (const each of phrase) {
      if (each.type === 'field') {
        this.path(each.path)
        this.format(each.format)
      }
      if (each.type === 'when') {
        this.when(each.when)
        this.phrase(each.content)
        this.phrase(each.otherwise ?? [])
      }
    }
  }

  private address(phrase: Phrase): void {
    this.phrase(phrase)
    if (!isAddress(phrase))
      this.say('error', 'A link begins with https://, mailto: or tel:.', '链接必须以 https://、mailto: 或 tel: 开头。')
  }

  private languages(texts: InLanguages<unknown> | undefined, name: Text, needed: boolean): void {
    const empty = (language: Language) => {
      const text = texts?.[language]
      return text === undefined || (Array.isArray(text) && text.length === 0)
    }
    const missing = this.known.languages.filter(empty)
    if (missing.length === 0) return
    const all = missing.length === this.known.languages.length
    if (all && !needed && texts === undefined) return
    this.say(
      all && needed ? 'error' : 'warning',
      `${name.en}: nothing in ${missing.join(', ')}${all ? '' : '; the first language stands there'}.`,
      `${name.zh}：缺少 ${missing.join('、')}${all ? '' : '，将使用首选语言'}。`,
    )
  }
}
