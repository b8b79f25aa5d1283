import { findHead, findModifier, isMotif, longestPhrase } from './dictionary.ts'
import type { ProductCategory } from './head-words.ts'

type Kind = 'word' | 'head' | 'size' | 'count' | 'with' | 'in' | 'and' | 'latin' | 'skip'
type Part = { english: string; zh: string; category: ProductCategory | null; kind: Kind }

const sizes = new Set(['小号', '大号', '中号', '迷你', '特大', '巨型', '微型', '高款'])
const units: Record<string, string> = { SET: '件套', PACK: '件装', BOX: '只盒装', BAG: '个袋装' }
/** Articles that name themselves first: CARD DOG AND BALL, WRAP MONSTER FUN. */
const namedFirst = /^(CARD|WRAP|MAGNETS|DOORMAT|WALL ART|NUMBER TILE|BLOCK WORD)$/
const skipped = /^(OF|FOR|THE|A|AN|PACK|S|AT|MINUS|ETC|PER|VAR|\d{5})$/

/** An invoice line's description in one form: capitals, T-LIGHT one word, no apostrophes, counts as SET/6. */
export function normalise(description: string): string {
  return description
    .toUpperCase()
    .replace(/\\?['’`]/g, '')
    .replace(/T[- ]?LIGHT/g, 'TLIGHT')
    .replace(/CHARLIE ?[+&] ?LOLA/g, 'CHARLIE AND LOLA')
    .replace(/\bP\/FRAME/g, 'PHOTO FRAME')
    .replace(/\b(SET|PACK|BOX|BAG)(?: OF ?| ?\/ ?| )(\d+)\b/g, ' $1_$2 ')
    .replace(/\bS\/(\d+)\b/g, ' SET_$1 ')
    .replace(/\b(\d+) ?(?:PIECE|PCE|PCS|PC)S?\b( SET)?/g, ' SET_$1 ')
    .replace(/\bW\/? (?=[A-Z])/g, ' WITH ')
    .replace(/[+&]/g, ' AND ')
    .replace(/[^A-Z0-9_./]+/g, ' ')
    .replace(/(?<!\d)\.|\.(?!\d)/g, ' ')
    .replace(/\//g, ' ')
    .replace(/_/g, '/')
    .trim()
}

function readPhrase(tokens: string[], at: number): { part: Part; length: number } | undefined {
  for (let length = Math.min(longestPhrase, tokens.length - at); length > 0; length--) {
    const english = tokens.slice(at, at + length).join(' ')
    const head = findHead(english)
    if (head) return { part: { english, zh: head.zh, category: head.category, kind: 'head' }, length }
    const word = findModifier(english)
    if (word)
      return { part: { english, zh: word.zh, category: null, kind: sizes.has(word.zh) ? 'size' : 'word' }, length }
  }
  return undefined
}

function readToken(token: string, last: boolean): Part {
  const part = (kind: Kind, zh = ''): Part => ({ english: token, zh, category: null, kind })
  const count = /^(SET|PACK|BOX|BAG)\/(\d+)$/.exec(token)
  if (count) return part('count', `（${count[2]}${units[count[1] ?? '']}）`)
  const decade = /^(\d0)S$/.exec(token)
  if (decade) return part('word', `${decade[1]}年代`)
  if (token === 'WITH') return part('with')
  if (token === 'IN') return part('in')
  if (token === 'AND' || token === 'N') return part('and')
  if (token === 'SET') return last ? part('word', '套装') : part('skip')
  return skipped.test(token) ? part('skip') : part('latin', token)
}

function readParts(description: string): Part[] {
  const tokens = normalise(description).split(/\s+/).filter(Boolean)
  const parts: Part[] = []
  for (let at = 0; at < tokens.length; ) {
    const phrase = readPhrase(tokens, at)
    parts.push(phrase?.part ?? readToken(tokens[at] ?? '', at === tokens.length - 1))
    at += phrase?.length ?? 1
  }
  return parts
}

/** Which part is the article: the last noun that is not a motif, before any WITH or IN; else the last noun at all. */
function findArticle(parts: Part[], end: number): number {
  const first = parts[0]
  if (first?.kind === 'head' && namedFirst.test(first.english)) return 0
  const main = parts.slice(0, end)
  const noun = main.findLastIndex(p => p.kind === 'head' && !isMotif(p.english))
  if (noun >= 0) return noun
  const motif = main.findLastIndex(p => p.kind === 'head')
  return motif >= 0 ? motif : parts.findLastIndex(p => p.kind === 'head')
}

const title = (word: string) => (/\d/.test(word) ? word.toLowerCase() : word.charAt(0) + word.slice(1).toLowerCase())
const spaced = (word: string) => (word.length > 1 ? ` ${title(word)} ` : word)
/** A noun beside the article names what it is made of or shows: 玻璃杯 before 蛋糕架 is 玻璃. */
const beside = (part: Part) =>
  part.kind === 'latin' ? spaced(part.zh) : part.kind === 'head' ? (findModifier(part.english)?.zh ?? part.zh) : part.zh

export type ChineseName = { zh: string; category: ProductCategory; untranslated: string[] }

/**
 * The Chinese name of an article, word by word: English puts what qualifies before the noun as Chinese does, so most lines keep
 * their order; the article's noun goes to the end (DOORMAT UNION FLAG → 英国国旗门垫), sizes just before it, what comes
 * WITH it to the front (带…的), counts and packing behind it in brackets.
 */
export function chineseName(description: string): ChineseName {
  const parts = readParts(description)
  const cut = (kind: Kind) => {
    const at = parts.findIndex(p => p.kind === kind)
    return at < 0 ? parts.length : at
  }
  const withAt = cut('with')
  const inAt = cut('in')
  const end = Math.min(withAt, inAt)
  const articleAt = findArticle(parts, end)
  const article = parts[articleAt]
  const extraFrom = articleAt > end ? parts.length : end
  const words: string[] = []
  const size: string[] = []
  const counts: string[] = []
  const extras: string[] = []
  parts.forEach((part, at) => {
    if (at === articleAt) return
    if (part.kind === 'count') counts.push(part.zh)
    else if (part.kind === 'size') size.push(part.zh)
    else if (part.kind === 'and') (at > extraFrom ? extras : words).push('＋')
    else (at > extraFrom ? extras : words).push(beside(part))
  })
  const extra = extras.join('')
  if (extra && withAt < inAt) words.unshift(`带${extra}的`)
  else if (extra) counts.push(`（${extra}装）`)
  const ordered = [...words, ...size, article?.zh ?? ''].filter((word, at, all) => word !== '' && word !== all[at - 1])
  const zh = (ordered.join('') + counts.join(''))
    .replace(/＋+/g, '＋')
    .replace(/＋(?=$|（|的)|^＋/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ (?=（)/g, '')
    .trim()
  return {
    zh,
    category: article?.category ?? 'OTHER',
    untranslated: parts.filter(p => p.kind === 'latin' && /^[A-Z]{2}/.test(p.zh)).map(p => p.zh),
  }
}
