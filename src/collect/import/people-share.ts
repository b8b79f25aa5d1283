/** One share of a people file: rows of staging from one number to another, read, parsed and written beside. */
import type { Columns, Facts } from '../../platform/stores/facts/index.ts'
import type { Mapping } from '../mapping.ts'
import { PeopleBatch, type PeopleReader, Refused } from './people.ts'
import { rowKeyReader } from './row-key.ts'
import type { BadRow } from './rules.ts'

export interface PeopleShare {
  staging: string
  people: string
  consents: string
  /** Row numbers; `to` is not among them. */
  from: number
  to: number
  /** Rows that stand in the table of people already are left out. */
  rest: boolean
}

export async function readPeopleShare(
  facts: Facts,
  { staging, people, consents, from, to, rest }: PeopleShare,
  mapping: Mapping,
  reader: PeopleReader,
): Promise<BadRow[]> {
  const bad: BadRow[] = []
  const places = new Map(mapping.columns.map((column, c) => [column.field, c]))
  const rows = facts.stream(
    `SELECT * EXCEPT (raw, hash) FROM ${staging} WHERE row_no >= {from:UInt64} AND row_no < {to:UInt64}
     ${rest ? `AND row_no NOT IN (SELECT row_no FROM ${people} WHERE row_no >= {from:UInt64} AND row_no < {to:UInt64})` : ''}
     ORDER BY row_no`,
    { from, to },
  )
  // A batch is written while the next is parsed.
  let writing: Promise<unknown> = Promise.resolve()
  for await (const batch of rows) {
    const out = new PeopleBatch()
    readBatch(batch, places, mapping, reader, out, bad)
    await writing
    writing = Promise.all([
      out.rowNo.length > 0 ? facts.insertColumns(people, out.columns()) : undefined,
      out.consents.row_no.length > 0 ? facts.insertColumns(consents, out.consentColumns()) : undefined,
    ])
    writing.catch(() => undefined)
  }
  await writing
  return bad
}

function readBatch(
  batch: Columns,
  places: Map<string, number>,
  mapping: Mapping,
  reader: PeopleReader,
  out: PeopleBatch,
  bad: BadRow[],
): void {
  const rowNo = batch.f64('row_no')
  const cells = mapping.columns.map((_, c) => batch.str(`c${c}`))
  let at = 0
  const keyOf = rowKeyReader(mapping)
  const get = (field: string): string => {
    if (field === 'row_key') return keyOf(place => cells[place]?.[at] ?? '')
    const place = places.get(field)
    return place === undefined ? '' : (cells[place]?.[at] ?? '')
  }
  for (at = 0; at < batch.rows; at++) {
    try {
      reader.read(rowNo[at]!, get, out)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const column = mapping.columns[places.get(error.field) ?? -1]?.header ?? error.field
      const raw = Object.fromEntries(mapping.columns.map((c, i) => [c.header, cells[i]?.[at] ?? '']))
      bad.push({ rowNo: rowNo[at]!, column, value: error.value, rule: error.rule, raw: JSON.stringify(raw) })
    }
  }
}
