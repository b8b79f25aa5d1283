import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { matchPeople, type PeopleTable, recogniseColumns } from './index.ts'

const DATA = join(import.meta.dirname, '../../../../shared/data/linkage')

function readTable(file: string): { table: PeopleTable; rows: string[][]; header: string[] } {
  const rows = readFileSync(join(DATA, file), 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split(',').map(cell => cell.trim()))
  const header = rows.shift() ?? []
  const roles = recogniseColumns(header, c => rows.slice(0, 500).map(row => row[c] ?? ''))
  const columns = header.map((name, c) => ({ name, role: roles[c]!, values: rows.map(row => row[c] ?? '') }))
  return { table: { records: rows.length, columns }, rows, header }
}

/** Pairwise precision, recall and F1 of a clustering. */
function pairwise(entity: ArrayLike<number>, truth: string[]) {
  const pairs = (keys: string[]) => {
    const counts = new Map<string, number>()
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
    return counts.values().reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  }
  const both = pairs(truth.map((label, i) => `${label} ${entity[i]}`))
  const found = pairs(truth.map((_, i) => String(entity[i])))
  const real = pairs(truth)
  return { precision: both / found, recall: both / real, f1: (2 * both) / (found + real) }
}

test('FEBRL dataset3 without labels: F1 ≥ .995 (Splink at its best threshold .9954)', {
  skip: !existsSync(DATA),
}, async () => {
  const { table, rows } = readTable('dataset3.csv')
  const { entity } = await matchPeople(table)
  const { f1 } = pairwise(
    entity,
    rows.map(row => /rec-(\d+)/.exec(row[0] ?? '')?.[1] ?? ''),
  )
  assert.ok(f1 >= 0.995, String(f1))
})

test('fake_1000 without labels: F1 ≥ .862 (Splink at its best threshold .8617)', {
  skip: !existsSync(DATA),
}, async () => {
  const { table, rows } = readTable('fake_1000.csv')
  const { entity } = await matchPeople(table)
  const { f1 } = pairwise(
    entity,
    rows.map(row => row.at(-1) ?? ''),
  )
  assert.ok(f1 >= 0.862, String(f1))
})

const column = (name: string, role: PeopleTable['columns'][number]['role'], values: string[]) => ({
  name,
  role,
  values,
})

/** Eighty strangers, so that there is something to learn from, and the records in question after them. */
function among(cases: [name: string, birth: string, phone: string, id: string][]): PeopleTable {
  const surnames = [...'王李张刘陈杨黄赵吴周']
  const given = ['建国', '秀英', '海燕', '志强', '丽华', '文博', '雪梅', '永康']
  const strangers = Array.from({ length: 80 }, (_, i): [string, string, string, string] => [
    surnames[i % 10]! + given[Math.floor(i / 10)]!,
    `19${50 + (i % 40)}-0${1 + (i % 9)}-1${i % 9}`,
    `139${String(10_000_000 + i * 7919)}`,
    '',
  ])
  const doubled = strangers.slice(0, 30)
  const rows = [...strangers, ...doubled, ...cases]
  return {
    records: rows.length,
    columns: [
      column(
        'name',
        'full-name',
        rows.map(row => row[0]),
      ),
      column(
        'birth',
        'birth-date',
        rows.map(row => row[1]),
      ),
      column(
        'phone',
        'phone',
        rows.map(row => row[2]),
      ),
      column(
        'id',
        'id-number',
        rows.map(row => row[3]),
      ),
    ],
  }
}

test('two people who share telephone, name and birthday but not the identity number stay two', async () => {
  const table = among([
    ['孙晓明', '1949-12-31', '13800001111', '11010519491231002X'],
    ['孙晓明', '1949-12-31', '13800001111', `11010519491231003${checkOf('11010519491231003')}`],
  ])
  const { entity } = await matchPeople(table)
  assert.notEqual(entity[110], entity[111])
})

test('they stay two although records without the number stand between them, and with numbers nobody verified', async () => {
  for (const [a, b] of [
    ['11010519491231002X', `11010519491231003${checkOf('11010519491231003')}`],
    ['110105194912310021', '110105194912317775'],
  ]) {
    const { entity } = await matchPeople(
      among([
        ['孙晓明', '1949-12-31', '13800001111', a!],
        ['孙晓明', '1949-12-31', '13800001111', ''],
        ['孙晓明', '', '13800001111', ''],
        ['孙小明', '1949-12-31', '13800001111', ''],
        ['孙晓明', '1949-12-31', '13800001111', b!],
        ['Sun Xiaoming', '1949-12-31', '13800001111', b!],
      ]),
    )
    assert.notEqual(entity[110], entity[114])
    assert.equal(entity[114], entity[115])
  }
})

test('a resident number of fifteen digits and the eighteen it became are one', async () => {
  const old = '110105491231003'
  const present = `11010519491231003${checkOf('11010519491231003')}`
  const { entity } = await matchPeople(
    among([
      ['孙晓明', '1949-12-31', '13800001111', old],
      ['孙晓明', '1949-12-31', '', present],
    ]),
  )
  assert.equal(entity[110], entity[111])
})

test('characters, pinyin and either order are one name', async () => {
  const { entity } = await matchPeople(
    among([
      ['孙晓明', '1949-12-31', '13800001111', ''],
      ['Sun Xiaoming', '1949-12-31', '+86 138 0000 1111', ''],
      ['Xiaoming Sun', '1949/12/31', '13800001111', ''],
    ]),
  )
  assert.equal(entity[111], entity[110])
  assert.equal(entity[112], entity[110])
})

test('every weight of a pair adds up to its odds', async () => {
  const result = await matchPeople(
    among([
      ['孙晓明', '1949-12-31', '13800001111', ''],
      ['孙小明', '1949-12-13', '13800001111', ''],
    ]),
  )
  const steps = result.explain(110, 111)
  const bits = steps.reduce((sum, step) => sum + step.bits + step.rarityBits, 0)
  const pairs = result.pairs(0.01)
  const at = pairs.left.findIndex((left, p) => left === 110 && pairs.right[p] === 111)
  assert.ok(Math.abs(1 / (1 + 2 ** -bits) - pairs.probability[at]!) < 1e-3)
})

test('the same table gives the same entities, in one thread or two', async () => {
  const table = among([['孙晓明', '1949-12-31', '13800001111', '']])
  const [one, two] = await Promise.all([matchPeople(table, { threads: 1 }), matchPeople(table, { threads: 2 })])
  assert.deepEqual(one.entity, two.entity)
})

function checkOf(seventeen: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return '10X98765432'[[...seventeen].reduce((sum, digit, i) => sum + Number(digit) * weights[i]!, 0) % 11]!
}
