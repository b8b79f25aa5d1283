import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { HuiyinError } from '../../platform/errors.ts'
import { affinityCommand } from './command.ts'

interface Said {
  baskets: number
  items: number
  rules: {
    items: string[]
    lhs: string[]
    rhs: string[]
    support: number
    confidence: number
    lift: number
    count: number
  }[]
  warnings: { code: string; count: number; rows?: number[] }[]
}

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-affinity-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const affinity = async (file: string, options: Record<string, string>) => {
  const result = await affinityCommand.run({
    args: [file],
    cwd: folder,
    options,
    lang: 'en',
    progress: () => undefined,
  })
  return JSON.parse(JSON.stringify(result.json)) as Said
}
const write = async (name: string, text: string | Buffer) => {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

const groceries = fileURLToPath(new URL('../../../../shared/data/retail/groceries.csv', import.meta.url))
test('Groceries from its file', { skip: !existsSync(groceries) }, async () => {
  const rules = async (minSupport: string, minConfidence: string, more = {}) =>
    (await affinity(groceries, { minSupport, minConfidence, ...more })).rules
  assert.equal((await rules('0.001', '0.8')).length, 410)
  assert.equal((await rules('.001', '.5')).length, 5668)
  const pairs = await rules('.006', '.25', { minLength: '2' })
  assert.equal(pairs.length, 463)
  const { lhs, rhs, count, lift } = pairs[0]!
  assert.deepEqual([lhs, rhs, count, lift.toFixed(4)], [['herbs'], ['root vegetables'], 69, '3.9565'])
})

test('one basket a line, or a line per item in any order: the same rules', async () => {
  const options = { minSupport: '0.2', minConfidence: '0.5' }
  const lines = await affinity(
    await write('lines.txt', 'tea, milk\n"bread, white",tea,milk\nmilk,,milk\ntea\n'),
    options,
  )
  assert.deepEqual([lines.baskets, lines.items], [4, 3])
  assert.deepEqual(
    lines.warnings.map(w => [w.code, w.count]),
    [['repeated', 1]],
  )
  const table = await affinity(
    await write('table.csv', 'what;who\ntea;1\n"bread, white";2\ntea;2\n;2\nmilk;1\nmilk;3\ntea;4\nmilk;2\nmilk;\n'),
    { ...options, basket: 'who', item: 'WHAT' },
  )
  assert.deepEqual(table.warnings, [
    { code: 'incomplete', count: 2, rows: [5, 10], message: '2 rows (5, 10): left out, no basket or no item is named' },
  ])
  const sorted = (said: Said) => said.rules.map(r => JSON.stringify({ ...r, lhs: r.lhs.toSorted() })).sort()
  assert.deepEqual(sorted(table), sorted(lines))
  const rule = lines.rules.find(r => r.lhs.join() === 'tea' && r.rhs[0] === 'milk')
  assert.deepEqual(rule, {
    items: ['tea', 'milk'],
    lhs: ['tea'],
    rhs: ['milk'],
    support: 0.5,
    confidence: 2 / 3,
    lift: 8 / 9,
    count: 2,
  })
})

test('byte order mark, CRLF, quotes over lines, semicolons, items that stand twice', async () => {
  const options = { minSupport: '0.5', minConfidence: '0.5', minLength: '2' }
  const marked = await affinity(await write('marked.csv', '\uFEFFa,b\r\nb,c\r\n\r\na,b,b\r\n'), options)
  assert.deepEqual(
    [marked.baskets, marked.items, marked.rules.map(r => r.items.join()).toSorted()],
    [3, 3, ['a,b', 'b,a']],
  )
  const text = '"x, y","say ""hi"""\n"x, y","say ""hi"""\n"two\nlines"\n'
  const quoted = await affinity(await write('quoted.csv', text), options)
  assert.deepEqual([quoted.baskets, quoted.rules[0]!.items.toSorted()], [3, ['say "hi"', 'x, y']])
  const semicolons = await affinity(await write('semicolons.csv', 'a;b\nb;c\na;b\n'), options)
  assert.deepEqual([semicolons.items, semicolons.warnings.map(w => w.code)], [3, ['separator']])
})

test('what makes no sense is refused', async () => {
  const file = await write('some.csv', 'a,b\n')
  const options = { minSupport: '.1', minConfidence: '.1' }
  const cases: [string, string, Record<string, string>][] = [
    ['affinity.bad-option', file, { ...options, minSupport: '0' }],
    ['affinity.bad-option', file, { ...options, minConfidence: '80' }],
    ['affinity.bad-option', file, { ...options, minLength: '0' }],
    ['affinity.no-option', file, { minSupport: '.1' }],
    ['affinity.both-columns', file, { ...options, basket: 'a' }],
    ['affinity.no-baskets', await write('empty.csv', '\n\n'), options],
    ['affinity.not-text', await write('zeroes.csv', 'a,b\0\na,b\n'), options],
    ['affinity.not-text', await write('gb.csv', Buffer.from([0xb2, 0xe8, 0x2c, 0x61, 10])), options],
    ['file.unreadable', join(folder, 'not-there.csv'), options],
    ['file.no-column', file, { ...options, basket: 'a', item: 'c' }],
  ]
  for (const [code, name, more] of cases)
    await assert.rejects(affinity(name, more), error => error instanceof HuiyinError && error.code === code, code)
})
