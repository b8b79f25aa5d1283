/** Text columns of many records as codes into their distinct values, straight from the engine's bytes: no string is made per record. */
import type { Facts, Params } from '../../platform/stores/facts/index.ts'
import type { CodedText } from '../match/index.ts'
import { sharedU32, TextCodes } from '../match/text-pool.ts'

/** The columns `names` of a query whose rows are the records in order. */
export async function codedFields<Name extends string>(
  facts: Facts,
  names: readonly Name[],
  records: number,
  sql: string,
  params: Params,
): Promise<Record<Name, CodedText>> {
  const columns = names.map(() => ({
    codes: sharedU32(records),
    known: new TextCodes<Uint8Array>(new Uint8Array(4096)),
  }))
  let first = 0
  for await (const batch of facts.stream(sql, params)) {
    names.forEach((name, c) => {
      const { codes, known } = columns[c]!
      const { bytes, starts, ends } = batch.utf8(name)
      // The words of a dictionary come once and are pointed at many times.
      const seen = bytes.length < 2 * batch.rows ? new Uint32Array(bytes.length + 1) : null
      for (let r = 0; r < batch.rows; r++) {
        const start = starts[r]!
        const end = ends[r]!
        if (start === end) continue
        if (!seen) codes[first + r] = known.code(bytes, start, end)
        else codes[first + r] = seen[start] ||= known.code(bytes, start, end)
      }
    })
    first += batch.rows
  }
  const texts = columns.map(({ codes, known }) => {
    const bytes = Buffer.from(known.units.buffer, 0, known.offsets[known.size])
    return { codes, text: (code: number) => bytes.toString('utf8', known.offsets[code], known.offsets[code + 1]) }
  })
  return Object.fromEntries(names.map((name, c) => [name, texts[c]])) as Record<Name, CodedText>
}
