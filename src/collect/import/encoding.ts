/**
 * Which encoding a file is in. A byte order mark decides; else UTF-16 shows by its zero bytes, UTF-8 by being valid, and
 * GB18030 and Big5 by how many of their two-byte characters are among the frequent ones (GB 2312 level 1: lead B0–D7,
 * trail ≥ A1; Big5 level 1: lead A4–C6). What is left is Western (windows-1252).
 */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5' | 'windows-1252'

export function detectEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const zeroAt = zeroBytes(head)
  if (zeroAt) return zeroAt
  if (isUtf8(head)) return 'utf-8'
  const gb = frequentShare(head, 0xb0, 0xd7, trail => trail >= 0xa1 && trail <= 0xfe)
  const big5 = frequentShare(
    head,
    0xa4,
    0xc6,
    trail => (trail >= 0x40 && trail <= 0x7e) || (trail >= 0xa1 && trail <= 0xfe),
  )
  if (gb < 0.4 && big5 < 0.4) return 'windows-1252'
  return gb >= big5 ? 'gb18030' : 'big5'
}

/** Every other byte zero in a fifth of the places: UTF-16 of mostly Latin text. */
function zeroBytes(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  let even = 0
  let odd = 0
  for (let i = 0; i < head.length; i++) {
    if (head[i] !== 0) continue
    if (i % 2 === 0) even++
    else odd++
  }
  const enough = head.length / 10
  if (odd > enough && even < odd / 10) return 'utf-16le'
  return even > enough && odd < even / 10 ? 'utf-16be' : null
}

/** The sample may end inside a character: its last three bytes are forgiven. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

function frequentShare(head: Uint8Array, from: number, to: number, trail: (byte: number) => boolean): number {
  let pairs = 0
  let frequent = 0
  for (let i = 0; i + 1 < head.length; i++) {
    const lead = head[i]!
    if (lead < 0x80) continue
    pairs++
    if (lead >= from && lead <= to && trail(head[i + 1]!)) frequent++
    i++
  }
  return pairs === 0 ? 0 : frequent / pairs
}
