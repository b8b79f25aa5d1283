import { toCsv } from '../csv.ts'
import { encodeGb18030 } from '../gb18030.ts'
import type { Random } from '../random.ts'
import { callcentreHeader, callcentreRow } from './callcentre.ts'
import { crmHeader, crmRow } from './crm.ts'
import { type Sighting, type Source, sources } from './sighting.ts'
import { webshopLine } from './webshop.ts'

const keyLetter: Record<Source, string> = { crm: 'K', webshop: 'W', callcentre: 'T' }
/** Lines that stand twice in a file, word for word, as exports do when they are joined. */
export const repeatedLines: Record<Source, number> = { crm: 6, webshop: 4, callcentre: 5 }

/** Rows of one source in the order they were created, so that neither key nor place in the file tells who is who. */
export function numberRows(random: Random, rows: Sighting[], source: Source): Sighting[] {
  const order = random
    .shuffle(rows.filter(row => row.source === source))
    .sort((a, b) => (a.created < b.created ? -1 : a.created > b.created ? 1 : 0))
  return order.map((row, at) => ({ ...row, key: `${keyLetter[source]}${String(100001 + at)}` }))
}

function repeat(random: Random, lines: string[], count: number): string[] {
  const all = [...lines]
  for (let at = 0; at < count; at++) {
    const from = random.int(0, lines.length - 1)
    all.splice(random.int(from, all.length), 0, lines[from] ?? '')
  }
  return all
}

/** The three files as bytes, and the rows in the order of their keys. */
export function writePeople(random: Random, drawn: Sighting[]): { files: Record<string, Buffer>; rows: Sighting[] } {
  const rows = sources.flatMap(source => numberRows(random, drawn, source))
  const of = (source: Source) => rows.filter(row => row.source === source)
  const lines = (source: Source, write: (row: Sighting) => string) =>
    repeat(random, of(source).map(write), repeatedLines[source]).join('')
  const csvLine = (cells: Parameters<typeof toCsv>[1][number]) => toCsv(cells as string[], [])
  return {
    rows,
    files: {
      'data/crm.csv': encodeGb18030(toCsv(crmHeader, []) + lines('crm', row => csvLine(crmRow(random, row)))),
      'data/webshop.jsonl': Buffer.from(lines('webshop', row => webshopLine(random, row))),
      'data/callcentre.csv': Buffer.from(
        toCsv(callcentreHeader, []) + lines('callcentre', row => csvLine(callcentreRow(random, row))),
      ),
    },
  }
}
