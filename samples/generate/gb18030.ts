/**
 * GB18030 for the CRM export. Node decodes it but does not encode it, so the table is what its decoder says of every two-byte and every
 * four-byte code of the Basic Multilingual Plane (23,940 and 39,420 of them).
 */
function buildTable(): Map<string, Buffer> {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, Buffer>()
  const add = (bytes: number[]) => {
    const text = decoder.decode(Uint8Array.from(bytes))
    if ([...text].length === 1 && text !== '\uFFFD' && !table.has(text)) table.set(text, Buffer.from(bytes))
  }
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) add([lead, trail])
  for (let one = 0x81; one <= 0x84; one++)
    for (let two = 0x30; two <= 0x39; two++)
      for (let three = 0x81; three <= 0xfe; three++)
        for (let four = 0x30; four <= 0x39; four++) add([one, two, three, four])
  return table
}

let table: Map<string, Buffer> | undefined

export function encodeGb18030(text: string): Buffer {
  table ??= buildTable()
  const known = table
  return Buffer.concat(
    [...text].map(character => {
      if (character.charCodeAt(0) < 0x80) return Buffer.from(character)
      const bytes = known.get(character)
      if (!bytes) throw new Error(`GB18030 table has no ${JSON.stringify(character)}`)
      return bytes
    }),
  )
}
