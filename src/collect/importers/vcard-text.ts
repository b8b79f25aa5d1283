/**
 * Cards of vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) as properties. Quoted-printable and CHARSET are of 2.1, as telephones
 * and old address books still write it.
 */
export interface Property {
  name: string
  /** Lower case; bare words of 2.1 (TEL;CELL) count as types. */
  types: string[]
  value: string
}

export interface Card {
  properties: Property[]
  raw: string
  problem: string
}

/** Most signs of a card: photographs are dropped as they come. */
const MAX_CARD = 4_000_000

const PLAIN = /^(photo|logo|sound|key)$/

/** Cuts text that comes in pieces into cards; what stands between cards is no card but is told as one that is broken. */
export class CardReader {
  private lines: string[] = []
  private rest = ''
  private inside = false
  private length = 0;

  *push(text: string): Generator<Card> {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/)
    this.rest = lines.pop() ?? ''
    for (const line of lines) yield* this.takeLine(line)
  }

  *end(): Generator<Card> {
    if (this.rest !== '') yield* this.takeLine(this.rest.replace(/\r$/, ''))
    if (this.lines.length > 0) yield this.card('it does not end with END:VCARD')
  }

  private *takeLine(line: string): Generator<Card> {
    if (/^BEGIN:VCARD\s*$/i.test(line)) {
      if (this.inside) yield this.card('another begins before its END:VCARD')
      this.inside = true
    } else if (!this.inside && line.trim() === '') return
    this.length += line.length
    if (this.length <= MAX_CARD) this.lines.push(line)
    if (!/^END:VCARD\s*$/i.test(line)) return
    const problem = !this.inside ? 'there is no BEGIN:VCARD' : this.length > MAX_CARD ? 'it is longer than 4 MB' : ''
    this.inside = false
    yield this.card(problem)
  }

  private card(problem: string): Card {
    const lines = this.lines
    this.lines = []
    this.length = 0
    const properties: Property[] = []
    let wrong = problem
    if (wrong === '') {
      for (const line of unfolded(lines)) {
        const property = propertyOf(line)
        if (property) properties.push(property)
        else wrong ||= `"${line.slice(0, 40)}"`
      }
    }
    return { properties, raw: lines.filter(line => !/^(PHOTO|LOGO)[;:]/i.test(line)).join('\n'), problem: wrong }
  }
}

/** A line goes on in the next when that begins with a blank, or, quoted-printable, when it ends with "=". */
function unfolded(lines: string[]): string[] {
  const whole: string[] = []
  let soft = false
  for (const line of lines) {
    if (soft) whole[whole.length - 1] = whole.at(-1)!.slice(0, -1) + line
    else if (/^[ \t]/.test(line) && whole.length > 0) whole[whole.length - 1] += line.slice(1)
    else if (line !== '') whole.push(line)
    soft = line.endsWith('=') && /^[^:]*QUOTED-PRINTABLE/i.test(whole.at(-1) ?? '')
  }
  return whole
}

function propertyOf(line: string): Property | null {
  const found = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^";:])*)*):([\s\S]*)$/.exec(line)
  if (!found) return null
  const parameters = (found[2] ?? '').match(/;(?:"[^"]*"|[^";])*/g) ?? []
  const types: string[] = []
  let charset = 'utf-8'
  let encoding = ''
  for (const parameter of parameters) {
    const [key = '', written] = parameter.slice(1).split(/=([\s\S]*)/)
    const value = (written ?? '').replace(/^"|"$/g, '')
    const name = key.toLowerCase()
    if (written === undefined && /^(quoted-printable|base64|8bit|7bit)$/.test(name)) encoding = name
    else if (written === undefined) types.push(name)
    else if (name === 'encoding') encoding = value.toLowerCase()
    else if (name === 'charset') charset = value
    else if (name === 'type') types.push(...value.toLowerCase().split(','))
    else if (name === 'pref') types.push('pref')
  }
  const name = (found[1] ?? '').toLowerCase()
  const value = found[3] ?? ''
  if (PLAIN.test(name)) return { name, types, value: '' }
  return { name, types, value: encoding === 'quoted-printable' ? quotedPrintable(value, charset) : value }
}

function quotedPrintable(text: string, charset: string): string {
  const bytes: number[] = []
  const encoder = new TextEncoder()
  for (const [part, hex] of text.matchAll(/=([\dA-F]{2})|[^=]+|=/gi)) {
    if (hex) bytes.push(Number.parseInt(hex, 16))
    else bytes.push(...encoder.encode(part))
  }
  try {
    return new TextDecoder(charset).decode(Uint8Array.from(bytes))
  } catch {
    return '\ufffd'
  }
}

/** Parts of a compound value (N, ADR, ORG): cut at semicolons that are not escaped. */
export const partsOf = (value: string): string[] =>
  (value.match(/(?:\\[\s\S]|[^\\;])+|;/g) ?? []).reduce<string[]>(
    (parts, piece) => {
      if (piece === ';') parts.push('')
      else parts[parts.length - 1] += unescaped(piece)
      return parts
    },
    [''],
  )

export const unescaped = (value: string): string =>
  value.replace(/\\([\s\S])/g, (_, char: string) => (char === 'n' || char === 'N' ? '\n' : char)).trim()
