/** For tests: lists of made people as tables, and how well their people are found. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { COLUMNS, chinesePeople } from '../../../bench/match/people/chinese.ts'
import { type Pairwise, pairwise } from '../../../bench/match/people/pairwise.ts'
import { type MatchResult, matchPeople, type PeopleTable, recogniseColumns } from './index.ts'

export function tableOf(header: readonly string[], rows: string[][]): PeopleTable {
  const values = header.map((_, c) => rows.map(row => row[c] ?? ''))
  const roles = recogniseColumns([...header], c => values[c]!.slice(0, 500))
  return {
    records: rows.length,
    columns: header.map((name, c) => ({ name, role: roles[c]!, values: values[c]! })),
  }
}

/** Share of the pairs of one person that some rule brought together. */
function blocked(result: MatchResult, person: number[]): number {
  const counts = new Map<number, number>()
  for (const of of person) counts.set(of, (counts.get(of) ?? 0) + 1)
  const all = counts.values().reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  const { left, right } = result.scored
  let found = 0
  for (let p = 0; p < left.length; p++) if (person[left[p]!] === person[right[p]!]) found++
  return found / all
}

export const say = ({ precision, recall, f1 }: Pairwise): string =>
  `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`

export function chinesePeopleTest(seed: number, records: number): void {
  test(`${records} Chinese people: blocking finds 95 % of the pairs, F1 ≥ .95, the same with any number of threads`, async t => {
    const { rows, person } = chinesePeople(seed, records)
    const result = await matchPeople(tableOf(COLUMNS, rows), { threads: 1 })
    const quality = pairwise(result.entity, person)
    const recall = blocked(result, person)
    t.diagnostic(`${say(quality)}, blocking recall ${recall.toFixed(4)}`)
    assert.ok(recall >= 0.95, String(recall))
    assert.ok(quality.f1 >= 0.95, say(quality))
    const shared = await matchPeople(tableOf(COLUMNS, rows), { threads: 3 })
    assert.deepEqual(shared.entity, result.entity)
  })
}
