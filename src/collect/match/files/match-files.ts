/** Matches the people of files, with each other or among themselves, and writes who is who. */
import { open } from 'node:fs/promises'
import { matchErrors } from '../errors.ts'
import { type MatchResult, matchPeople } from '../index.ts'
import { kindsOf, namesApart } from '../organisations.ts'
import type { Role } from '../roles.ts'
import type { ColumnMap } from './column-map.ts'
import { type Combined, combineTables } from './combine.ts'
import { type FileTable, type RejectedRow, rowIds } from './file-table.ts'

export interface FileMatch {
  tables: FileTable[]
  table: Combined
  result: MatchResult
  rejected: RejectedRow[]
}

export interface FileMatchOptions {
  linkOnly: boolean
  threshold?: number | undefined
  map?: ColumnMap | undefined
  threads?: number | undefined
  onProgress?: (note: string) => void
}

/** Roles that alone say nothing of who somebody is. */
const WEAK: ReadonlySet<Role> = new Set(['ignore', 'gender', 'country', 'province', 'number'])

export async function matchFiles(tables: FileTable[], options: FileMatchOptions): Promise<FileMatch> {
  distinctSources(tables)
  const table = combineTables(tables, options.map)
  table.recognised.forEach(({ columns }, t) => {
    if (columns.every(column => WEAK.has(column.role)))
      throw matchErrors['match.nothing-recognised']({
        file: tables[t]!.path,
        found: tables[t]!.headers.join(', ').slice(0, 1000),
      })
  })
  if (options.linkOnly) refuseNothingCommon(table)
  const kinds = kindsOf(table)
  const result = await matchPeople(namesApart(table, kinds), {
    apart: [kinds],
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.threshold === undefined ? {} : { threshold: options.threshold }),
    ...(options.linkOnly ? { sources: table.sources } : {}),
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
  })
  return { tables, table, result, rejected: tables.flatMap(one => one.rejected) }
}

function refuseNothingCommon({ recognised }: Combined): void {
  const kinds = recognised.map(({ columns }) => {
    const roles = columns.map(column => column.role).filter(role => !WEAK.has(role))
    return new Set(roles.map(role => (/name$/.test(role) ? 'name' : role)))
  })
  if ([...kinds[0]!].some(kind => kinds.slice(1).some(other => other.has(kind)))) return
  const found = recognised.map(({ source }, t) => `${source}: ${[...kinds[t]!].join(', ')}.`).join(' ')
  throw matchErrors['match.nothing-common']({ found })
}

/** Two files of one name are told apart by a number. */
function distinctSources(tables: FileTable[]): void {
  const seen = new Set<string>()
  for (const table of tables) {
    const name = table.source
    for (let n = 2; seen.has(table.source); n++) table.source = `${name}-${n}`
    seen.add(table.source)
  }
}

/** The record's file and its row id there. */
function naming({ tables, table }: FileMatch): { source(i: number): string; row(i: number): string; alone: boolean } {
  const starts = [0]
  for (const one of tables) starts.push(starts.at(-1)! + one.lines.length)
  const ids = tables.map(rowIds)
  const of = (i: number) => table.sources[i]! - 1
  const row = (i: number) => ids[of(i)]!(i - starts[of(i)]!)
  const seen = new Set<string>()
  let alone = true
  for (let i = 0; i < table.records && alone && tables.length > 1; i++) {
    const id = row(i)
    alone = !seen.has(id)
    seen.add(id)
  }
  return { source: i => tables[of(i)]!.source, row, alone }
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Writes the lines of a file; returns how many there are beside the header. */
async function writeLines(path: string, lines: Iterable<string>): Promise<number> {
  const out = await open(path, 'w').catch(error => {
    throw matchErrors['match.out-unwritable']({ file: path, reason: (error as Error).message }, error)
  })
  try {
    let written = 0
    let block: string[] = []
    for (const line of lines) {
      block.push(`${line}\n`)
      written++
      if (block.length === 16_384) {
        await out.write(block.join(''))
        block = []
      }
    }
    await out.write(block.join(''))
    return written - 1
  } finally {
    await out.close()
  }
}

/** source,row_id,entity_id: one line per record, in the order of the files; entities are numbered as they first appear. */
export async function writeClusters(path: string, match: FileMatch): Promise<number> {
  const { source, row } = naming(match)
  const { entity } = match.result
  function* lines(): Generator<string> {
    yield 'source,row_id,entity_id'
    const numbers = new Map<number, number>()
    for (let i = 0; i < entity.length; i++) {
      const of = entity[i]!
      const number = numbers.get(of) ?? numbers.size + 1
      numbers.set(of, number)
      yield `${cell(source(i))},${cell(row(i))},${number}`
    }
  }
  return writeLines(path, lines())
}

/**
 * left,right,probability: the pairs at or above the threshold that one entity holds. Records are named by their row id; by
 * source/row_id where several files use the same ids, except between two files, where left is of the first.
 */
export async function writePairs(path: string, match: FileMatch, linkOnly: boolean): Promise<number> {
  const { source, row, alone } = naming(match)
  const bare = alone || (linkOnly && match.tables.length === 2)
  const name = (i: number): string => cell(bare ? row(i) : `${source(i)}/${row(i)}`)
  const { entity, threshold } = match.result
  const { left, right, probability } = match.result.pairs(threshold)
  function* lines(): Generator<string> {
    yield 'left,right,probability'
    for (let p = 0; p < left.length; p++) {
      const i = left[p]!
      const j = right[p]!
      if (entity[i] === entity[j]) yield `${name(i)},${name(j)},${Number(probability[p]!.toPrecision(6))}`
    }
  }
  return writeLines(path, lines())
}
