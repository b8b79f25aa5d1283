import type { Text } from '../../platform/text.ts'
import { Damaged, type Size } from './raster.ts'

export class Unsafe extends Error {
  readonly line: number
  readonly problem: Text
  constructor(line: number, problem: Text) {
    super(problem.en)
    this.line = line
    this.problem = problem
  }
}

/**
 * What would run, load or depend on the machine. Text is among it: it would be set in whatever font the machine has, and the same
 * letter would have other bytes elsewhere; designers turn it into outlines anyway.
 */
const REFUSED: Record<string, Text> = {
  script: { en: 'a script', zh: '含脚本' },
  foreignobject: { en: 'foreign content (foreignObject)', zh: '含外部内容（foreignObject）' },
  iframe: { en: 'a frame', zh: '含框架' },
  object: { en: 'an embedded object', zh: '含嵌入对象' },
  embed: { en: 'an embedded object', zh: '含嵌入对象' },
  audio: { en: 'sound', zh: '含音频' },
  video: { en: 'video', zh: '含视频' },
  handler: { en: 'a script', zh: '含脚本' },
  set: { en: 'an animation', zh: '含动画' },
  animate: { en: 'an animation', zh: '含动画' },
  animatetransform: { en: 'an animation', zh: '含动画' },
  animatemotion: { en: 'an animation', zh: '含动画' },
  text: { en: 'text; turn it into outlines', zh: '含文字，请转为轮廓' },
}

const NAME = /^[A-Za-z_][\w.:-]*/
const ATTRIBUTE = /^\s+([A-Za-z_][\w.:-]*)\s*=\s*("([^"<]*)"|'([^'<]*)')/

/**
 * Reads a drawing strictly, element by element; whatever is not plainly harmless is refused, never mended: the bytes that are
 * looked at are the bytes that are kept. References may only point into the drawing itself or at a picture inside it.
 */
export function readSvg(text: string): Size {
  let at = 0
  let size: Size | undefined
  const open: string[] = []
  const line = () => text.slice(0, at).split('\n').length
  const refuse = (en: string, zh: string): never => {
    throw new Unsafe(line(), { en, zh })
  }
  const skip = (start: string, end: string): boolean => {
    if (!text.startsWith(start, at)) return false
    const stop = text.indexOf(end, at + start.length)
    if (stop < 0) refuse('it ends in the middle', '文件不完整')
    at = stop + end.length
    return true
  }
  if (text.charCodeAt(0) === 0xfeff) at = 1
  while (at < text.length) {
    const next = text.indexOf('<', at)
    const between = text.slice(at, next < 0 ? undefined : next)
    if (open.at(-1) === 'style') styleProblem(between, refuse)
    else if (open.length === 0 && between.trim() !== '') refuse('text outside the drawing', '图形之外有内容')
    if (next < 0) break
    at = next
    if (text.startsWith('<![CDATA[', at)) {
      const stop = text.indexOf(']]>', at)
      if (stop < 0) refuse('it ends in the middle', '文件不完整')
      styleProblem(text.slice(at + 9, stop), refuse)
      at = stop + 3
      continue
    }
    if (skip('<!--', '-->')) continue
    if (at < 4 && skip('<?xml', '?>')) continue
    if (text.startsWith('<?', at)) refuse('a processing instruction', '含处理指令')
    if (text.startsWith('<!', at)) {
      // No entities: a thousand bytes of them unpack to gigabytes.
      if (/^<!DOCTYPE\s+svg[^>[]*>/.test(text.slice(at, at + 500))) {
        skip('<!', '>')
        continue
      }
      refuse('a declaration', '含声明')
    }
    if (text.startsWith('</', at)) {
      const name = NAME.exec(text.slice(at + 2, at + 102))?.[0]?.toLowerCase()
      if (name === undefined || name !== open.pop()) refuse('an end without a beginning', '标签不匹配')
      if (!skip('</', '>')) refuse('it ends in the middle', '文件不完整')
      continue
    }
    const name = NAME.exec(text.slice(at + 1, at + 101))?.[0]
    if (name === undefined) return refuse('a stray <', '多余的 <')
    const local = name.toLowerCase().replace(/^.*:/, '')
    const problem = REFUSED[local]
    if (problem) refuse(problem.en, problem.zh)
    if (open.length === 0 && (local !== 'svg' || size)) refuse('more than one drawing', '不止一个图形')
    at += 1 + name.length
    const attributes = new Map<string, string>()
    for (;;) {
      // Long path data stand in one attribute: the window grows with them, not with the whole file.
      const found = ATTRIBUTE.exec(text.slice(at, tagEnd(text, at)))
      if (!found) break
      const [all, key = '', , double, single] = found
      const value = double ?? single ?? ''
      attributeProblem(key.toLowerCase(), value, refuse)
      attributes.set(key, value)
      at += all.length
    }
    const end = /^\s*\/?>/.exec(text.slice(at, at + 1000))?.[0]
    if (end === undefined) return refuse('an attribute that cannot be read', '属性无法读取')
    at += end.length
    size ??= sizeOf(attributes)
    if (!end.includes('/')) open.push(name.toLowerCase())
    if (open.length > 256) refuse('elements nested too deep', '嵌套过深')
  }
  if (open.length > 0 || !size) throw new Damaged('it ends in the middle', '文件不完整')
  return size
}

/** End of the tag that begins here: the first `>` outside quotes. */
function tagEnd(text: string, from: number): number {
  let quote = ''
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '>') return at + 1
  }
  return text.length
}

const INSIDE = /^\s*(#|data:image\/(png|jpeg);base64,[A-Za-z0-9+/=\s]*$)/

type Refuse = (en: string, zh: string) => never

function attributeProblem(key: string, value: string, refuse: Refuse): void {
  const local = key.replace(/^.*:/, '')
  if (local.startsWith('on')) refuse(`a script (${key})`, `含脚本（${key}）`)
  const plain = decoded(value)
  if ((local === 'href' || local === 'src') && !INSIDE.test(plain))
    refuse(`a reference to outside (${key})`, `引用外部内容（${key}）`)
  if (local === 'base' && key !== 'base') refuse('a base address', '含基准地址')
  if (key !== 'd' && key !== 'points') styleProblem(plain, refuse)
}

/** Character references hide nothing: `&#106;avascript:` is read as what it stands for. */
function decoded(value: string): string {
  return value
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => character(Number.parseInt(hex, 16)))
    .replace(/&#([0-9]{1,7});/g, (_, digits: string) => character(Number(digits)))
}

const character = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd')

function styleProblem(css: string, refuse: Refuse): void {
  // Escapes of CSS could spell any of these.
  if (/\\/.test(css)) refuse('an escape in a style', '样式含转义符')
  if (/@import|@font-face|@namespace/i.test(css)) refuse('a style from outside', '样式引用外部内容')
  if (/expression\s*\(|javascript:|behavior\s*:/i.test(css)) refuse('a script in a style', '样式含脚本')
  for (const [, target = ''] of css.matchAll(/url\(\s*["']?([^)"']*)/gi))
    if (!INSIDE.test(target)) refuse('a style that refers to outside', '样式引用外部内容')
}

/** From `viewBox`, else width and height; units of whoever drew it. */
function sizeOf(attributes: ReadonlyMap<string, string>): Size {
  const box = (attributes.get('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const length = (name: string, part: number) => {
    const given = Number.parseFloat(attributes.get(name) ?? '')
    const from = box[part]
    return Math.round(from !== undefined && from > 0 ? from : Number.isFinite(given) && given > 0 ? given : 0)
  }
  const size = { width: length('width', 2), height: length('height', 3) }
  if (size.width === 0 || size.height === 0) throw new Damaged('it says no size (viewBox)', '未注明尺寸（viewBox）')
  return size
}
