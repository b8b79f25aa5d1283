/** Names of what a file was decoded from; `utf-8` is read as it is. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

/**
 * Pieces of a file as UTF-8, whatever they were written in: UTF-16 as Excel saves "Unicode text" (by its mark), GB 18030 (GBK) as Excel
 * saves CSV on a Chinese system, known by a beginning that is not UTF-8 but can be GB 18030. `told` hears which.
 */
export async function* asUtf8(
  pieces: AsyncIterable<Uint8Array>,
  told: (encoding: Encoding) => void,
): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | undefined
  let known = false
  const encoder = new TextEncoder()
  for await (const piece of pieces) {
    if (!known) {
      known = true
      const encoding = encodingOf(piece)
      told(encoding)
      if (encoding !== 'utf-8') decoder = new TextDecoder(encoding)
    }
    yield decoder ? encoder.encode(decoder.decode(piece, { stream: true })) : piece
  }
  const last = decoder?.decode()
  if (last) yield encoder.encode(last)
}

function encodingOf(start: Uint8Array): Encoding {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  return can('utf-8', start) || !can('gb18030', start) ? 'utf-8' : 'gb18030'
}

/** A piece may end within a character, which is no fault of it. */
function can(encoding: Encoding, bytes: Uint8Array): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
