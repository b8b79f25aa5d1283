import type { Text } from '../../platform/text.ts'
import { fieldKind, mergeFieldName, unescaped } from './merge-fields.ts'

/** What stood in the letter and does not stand in the design: where, and what it was. */
export interface NotTaken {
  /** Counted from 1 through the whole text, tables too; 0: of the document as a whole. */
  paragraph: number
  /** Its first words, to be found again. */
  words: string
  what: Text
}

const SIGNS: readonly [RegExp, Text][] = [
  [/<m:oMath\b/, { en: 'a formula', zh: '公式' }],
  [/<(w:txbxContent|v:textbox)\b/, { en: 'a text box', zh: '文本框' }],
  [/<c:chart\b/, { en: 'a chart; put a chart block in its place', zh: '图表，请改用图表块' }],
  [/<dgm:relIds\b/, { en: 'a SmartArt drawing', zh: 'SmartArt 图形' }],
  [/<w:object\b/, { en: 'an embedded object', zh: '嵌入对象' }],
  [/<(wps:wsp|v:(shape|line|rect|oval))\b(?![\s\S]*<v:imagedata)/, { en: 'a drawn shape', zh: '绘制的形状' }],
  [/r:link="/, { en: 'a picture that is only linked', zh: '仅链接的图片' }],
  [/<w:(footnote|endnote)Reference\b/, { en: 'a note', zh: '脚注或尾注' }],
  [/<w:commentReference\b/, { en: 'a comment', zh: '批注' }],
  [/<w:del\b/, { en: 'a deletion that is still tracked; the text was left out', zh: '修订中的删除，该文字未导入' }],
  [/<w:ins\b/, { en: 'an insertion that is still tracked; the text was taken', zh: '修订中的插入，该文字已导入' }],
  [/<w:br\b[^>]*w:type="page"|<w:pageBreakBefore\b/, { en: 'a page break', zh: '分页符' }],
  [/<w:strike\b/, { en: 'struck-through words, taken as plain', zh: '删除线文字，已按普通文字导入' }],
  [/<w:vertAlign\b/, { en: 'superscript or subscript, taken as plain', zh: '上标或下标，已按普通文字导入' }],
]

const INSTRUCTION = /<w:instrText\b[^>]*>([^<]*)<\/w:instrText>|w:instr="([^"]*)"/g
/** Fields that become something else or stand for nothing. */
const HANDLED = new Set(['MERGEFIELD', 'HYPERLINK', 'FORMCHECKBOX', ''])

/** Looks through the text of the document, paragraph by paragraph, for what the design has no place for. */
export function notTaken(xml: string, parts: readonly string[]): NotTaken[] {
  const found: NotTaken[] = []
  let paragraph = 0
  for (const [whole] of xml.matchAll(/<w:p[ >](?:(?!<w:p[ >])[\s\S])*?<\/w:p>/g)) {
    paragraph++
    const words = wordsIn(whole)
    const add = (what: Text) => found.push({ paragraph, words, what })
    for (const [sign, what] of SIGNS) if (sign.test(whole)) add(what)
    let instruction = ''
    for (const [, text = '', simple = ''] of whole.matchAll(INSTRUCTION)) instruction += `${unescaped(text + simple)}\n`
    for (const line of instruction.split('\n')) {
      const kind = fieldKind(line)
      if (!HANDLED.has(kind) && mergeFieldName(line) === undefined && /^[A-Z=]+$/.test(kind))
        add({
          en: `the Word field ${kind}; what it showed was taken as text`,
          zh: `Word 域 ${kind}，按显示内容作为文字导入`,
        })
    }
  }
  const whole = (what: Text) => found.push({ paragraph: 0, words: '', what })
  if (parts.some(part => /^word\/header\d*\.xml$/.test(part)))
    whole({ en: 'the head of its pages: the company\u2019s own head stands there', zh: '页眉：将使用公司统一页眉' })
  if (parts.some(part => /^word\/footer\d*\.xml$/.test(part)))
    whole({ en: 'the foot of its pages: the company\u2019s own foot stands there', zh: '页脚：将使用公司统一页脚' })
  if (parts.some(part => part.endsWith('vbaProject.bin'))) whole({ en: 'its macros', zh: '宏' })
  return found
}

const wordsIn = (paragraph: string): string =>
  Array.from(paragraph.matchAll(/<w:t[ >][^<]*?>?([^<]*)<\/w:t>/g), ([, text = '']) => unescaped(text))
    .join('')
    .slice(0, 40)
