/** The little of XML that workbooks are made of. Names may carry a prefix (x:row); documents with a DTD are refused. */
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const char = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd')

export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (all, hex?: string, decimal?: string, name?: string) =>
      hex ? char(Number.parseInt(hex, 16)) : decimal ? char(Number(decimal)) : (NAMED[name ?? ''] ?? all),
  )
}

/** Text of a cell: Excel writes signs that XML cannot hold as _x000D_, and _x005F_ for an underscore that would look so. */
export const cellText = (text: string): string =>
  unescapeXml(text).replace(/_x([\dA-F]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

export const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)
  return found ? unescapeXml(found[1] ?? found[2] ?? '') : undefined
}

/** What stands between the tags of an element's text runs; the phonetic reading of Japanese is not part of it. */
export function textRuns(xml: string): string {
  let text = ''
  for (const [, run] of xml
    .replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g, '')
    .matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</g))
    text += run
  return cellText(text)
}

/** Most signs of one element: what grows longer is no workbook that a person made. */
const LONGEST = 64 << 20

/** The elements of that name, whole, one after the other, from text that comes in pieces. */
export async function* elements(pieces: AsyncIterable<string>, name: string): AsyncGenerator<string> {
  const opening = new RegExp(`<((?:\\w+:)?${name})(?=[\\s/>])`, 'g')
  let rest = ''
  for await (const piece of pieces) {
    rest += piece
    if (rest.includes('<!DOCTYPE')) throw new SyntaxError('it has a document type definition')
    let done = 0
    for (;;) {
      opening.lastIndex = done
      const open = opening.exec(rest)
      if (!open) {
        done = Math.max(done, rest.lastIndexOf('<'))
        break
      }
      const tagEnd = rest.indexOf('>', open.index)
      done = open.index
      if (tagEnd < 0) break
      let end = tagEnd + 1
      if (rest[tagEnd - 1] !== '/') {
        const closing = `</${open[1]}>`
        const close = rest.indexOf(closing, tagEnd)
        if (close < 0) break
        end = close + closing.length
      }
      yield rest.slice(open.index, end)
      done = end
    }
    if (done > 0) rest = rest.slice(done)
    if (rest.length > LONGEST) throw new RangeError('an element of it is longer than 64 MB')
  }
}
