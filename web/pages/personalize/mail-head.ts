export interface MailHead {
  from: string
  to: string
  subject: string
}

/** From, to and subject of a message: folded lines joined (RFC 5322, 2.2.3), encoded words read (RFC 2047). */
export function mailHead(source: string): MailHead {
  const head = (source.split(/\r?\n\r?\n/, 1)[0] ?? '').replace(/\r?\n[ \t]+/g, ' ')
  const field = (name: string): string => {
    const line = head.split(/\r?\n/).find(candidate => candidate.toLowerCase().startsWith(`${name}:`))
    return decodeWords(line?.slice(name.length + 1).trim() ?? '')
  }
  return { from: field('from'), to: field('to'), subject: field('subject') }
}

const WORD = /=\?([^?]+)\?([bq])\?([^?]*)\?=/gi

function decodeWords(text: string): string {
  // Blanks between two encoded words are not part of the text; a character may be cut between them, so bytes are joined first.
  const joined = text.replace(/(=\?[^?]+\?[bq]\?[^?]*\?=)\s+(?==\?)/gi, '$1')
  return joined.replace(/(?:=\?[^?]+\?[bq]\?[^?]*\?=)+/gi, run => {
    const bytes: number[] = []
    let charset = 'utf-8'
    for (const [, name = '', kind = '', data = ''] of run.matchAll(WORD)) {
      charset = name
      bytes.push(...(kind.toLowerCase() === 'b' ? fromBase64(data) : fromQuoted(data)))
    }
    try {
      return new TextDecoder(charset).decode(new Uint8Array(bytes))
    } catch {
      return run
    }
  })
}

const fromBase64 = (data: string): number[] => [...atob(data)].map(character => character.charCodeAt(0))

const fromQuoted = (data: string): number[] =>
  [...data.replaceAll('_', ' ').matchAll(/=([0-9a-f]{2})|(.)/gi)].map(([, hex, plain = '']) =>
    hex ? Number.parseInt(hex, 16) : plain.charCodeAt(0),
  )
