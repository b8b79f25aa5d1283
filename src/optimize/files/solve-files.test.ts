import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { HuiyinError } from '../../platform/errors.ts'
import { solveFiles } from './solve-files.ts'

async function folder(files: Record<string, string>): Promise<{ dir: string; [Symbol.asyncDispose](): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'huiyin-plan-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text)
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true }) }
}

const resources = 'resource,max,min\nmoney,1.3,\nletters,2,1\n'
const options = [
  'customer,option,value,use:money,use:letters',
  'a,mail,3,0.1,0',
  'a,letter,5,0.5,1',
  'b,mail,2,0.1,0',
  'b,letter,4,0.5,1',
  '"c, the third",letter,9,0.6,1',
  '',
].join('\n')

test('a small plan: value, bound, prices and assignments', async () => {
  await using f = await folder({ 'options.csv': options, 'resources.csv': resources })
  const out = join(f.dir, 'assignments.csv')
  const plan = await solveFiles(f.dir, out, { threads: 2 })
  assert.equal(plan.feasible, true)
  // Two letters at 1.1 and one mail: a letter to c and a, or to c and b; both use 1.2 of 1.3.
  assert.equal(plan.value, 16)
  assert.ok(plan.bound >= 16 && plan.gap !== null && plan.gap >= 0)
  assert.deepEqual(plan.used, { money: 1.2, letters: 2 })
  assert.equal(await readFile(out, 'utf8').then(t => t.split('\n').length), 5)
  assert.match(await readFile(out, 'utf8'), /^customer,option\n[\s\S]*"c, the third",letter\n$/)
})

test('conflicts of groups and of any graph; at most two each', async () => {
  const many = (customer: string) => ['A', 'B', 'C'].map((o, i) => `${customer},${o},${3 + i},1`).join('\n')
  const base = {
    'options.csv': `customer,option,value,use:slot\n${many('x')}\n${many('y')}\n`,
    'resources.csv': 'resource,max\nslot,10\n',
  }
  const solveWith = async (conflicts: [string, string][]) => {
    await using f = await folder({ ...base, 'rules.json': JSON.stringify({ perCustomer: { max: 2 }, conflicts }) })
    return (await solveFiles(f.dir, undefined, {})).value
  }
  assert.equal(await solveWith([]), 18)
  assert.equal(await solveWith([['B', 'C']]), 16)
  assert.equal(
    await solveWith([
      ['A', 'C'],
      ['B', 'C'],
    ]),
    14,
  ) // a path, not a clique: bundles
  assert.equal(
    await solveWith([
      ['A', 'B'],
      ['A', 'C'],
      ['B', 'C'],
    ]),
    10,
  )
})

test('what cannot be is said with the limits that conflict', async () => {
  await using f = await folder({
    'options.csv': 'customer,option,value,use:calls,use:premium,use:other\na,x,1,1,1,0\nb,x,1,1,1,1\n',
    'resources.csv': 'resource,max,min\ncalls,1,\npremium,,2\nother,5,\n',
  })
  const out = join(f.dir, 'a.csv')
  const plan = await solveFiles(f.dir, out, {})
  assert.equal(plan.feasible, false)
  assert.deepEqual(plan.violations[0]?.limits, ['calls', 'premium'])
  assert.equal(plan.violations[0]?.proven, true)
  assert.equal(existsSync(out), false)
})

const refused: [string, Record<string, string>, string, RegExp][] = [
  [
    'unknown resource',
    { 'options.csv': options.replace('use:letters', 'use:calls') },
    'optimize.resource-unknown',
    /use:calls/,
  ],
  [
    'negative capacity',
    { 'resources.csv': resources.replace('1.3', '-1') },
    'optimize.cell-negative',
    /row 2.*"-1" is negative/,
  ],
  [
    'minimum above maximum',
    { 'resources.csv': resources.replace('2,1', '1,2') },
    'optimize.minimum-above-maximum',
    /row 3.*above the maximum 1/,
  ],
  [
    'NaN',
    { 'options.csv': options.replace('letter,5', 'letter,NaN') },
    'optimize.cell-not-number',
    /row 3, column value: "NaN"/,
  ],
  ['hexadecimal', { 'options.csv': options.replace('letter,5', 'letter,0x5') }, 'optimize.cell-not-number', /"0x5"/],
  ['1e300', { 'options.csv': options.replace('letter,5', 'letter,1e300') }, 'optimize.cell-too-large', /row 3.*1e300/],
  [
    'negative use',
    { 'options.csv': options.replace('4,0.5', '4,-0.5') },
    'optimize.cell-negative',
    /row 5, column use:money/,
  ],
  [
    'twice',
    { 'options.csv': `${options}a,mail,1,0.1,0\n` },
    'optimize.same-option-twice',
    /row 7: customer "a".*row 2/,
  ],
  ['short row', { 'options.csv': `${options}d,mail,1\n` }, 'optimize.row-fields', /row 7 has/],
  ['no options', { 'options.csv': options.split('\n')[0]! }, 'optimize.no-options', /no options/],
  ['empty file', { 'options.csv': '' }, 'optimize.file-empty', /empty/],
  ['bad rules', { 'rules.json': '{"perCustomer":{"exactly":2}}' }, 'optimize.settings-unreadable', /rules.json/],
]
for (const [name, change, code, message] of refused)
  test(`refused by name and row: ${name}`, async () => {
    await using f = await folder({ 'options.csv': options, 'resources.csv': resources, ...change })
    await assert.rejects(solveFiles(f.dir, undefined, {}), error => {
      assert.ok(error instanceof HuiyinError, String(error))
      assert.equal(error.code, code)
      assert.match(error.message, message)
      assert.match(error.messageIn('zh-CN'), /[一-龥]/)
      return true
    })
  })

test('a byte order mark, CRLF, quotes and gzip change nothing; half a gzip file is refused', async () => {
  const plain = await (async () => {
    await using f = await folder({ 'options.csv': options, 'resources.csv': resources })
    return await solveFiles(f.dir, undefined, { threads: 1 })
  })()
  const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n').replace('a,mail', '"a","mail"')}`
  await using f = await folder({ 'resources.csv': windows(resources) })
  const zipped = gzipSync(windows(options))
  await writeFile(join(f.dir, 'options.csv.gz'), zipped)
  const read = await solveFiles(f.dir, undefined, { threads: 1 })
  assert.deepEqual([read.value, read.bound, read.used], [plain.value, plain.bound, plain.used])
  await writeFile(join(f.dir, 'options.csv.gz'), zipped.subarray(0, zipped.length - 9))
  await assert.rejects(solveFiles(f.dir, undefined, {}), { code: 'optimize.gzip-broken' })
})

test('refused: half a character, and no file at all', async () => {
  await using f = await folder({ 'resources.csv': resources })
  await assert.rejects(solveFiles(f.dir, undefined, {}), { code: 'optimize.file-missing' })
  const half = Buffer.concat([Buffer.from('customer,option,value\na,'), Buffer.from([0xe4, 0xb8]), Buffer.from(',1\n')])
  await writeFile(join(f.dir, 'options.csv'), half)
  await assert.rejects(solveFiles(f.dir, undefined, {}), { code: 'optimize.not-text' })
})

const library = join(import.meta.dirname, '../../../../shared/data/allocation/mmkp')

/** Exact optima published with the files. */
const optima: Record<string, number> = { I01: 173, I02: 364, I03: 1602, I04: 3597, I05: 3905.7, I06: 4799.3 }
for (const [name, optimum] of Object.entries(optima))
  test(`multiple-choice knapsack ${name}`, { skip: !existsSync(library) }, async () => {
    const numbers = (await readFile(join(library, name), 'utf8')).split('Solutions')[0]!.trim().split(/\s+/).map(Number)
    let at = 0
    const next = () => numbers[at++]!
    const [groups, items, m] = [next(), next(), next()]
    const limits = Array.from({ length: m }, (_, r) => `r${r},${next()}`)
    const lines = [`customer,option,value,${limits.map((_, r) => `use:r${r}`).join()}`]
    for (let g = 0; g < groups; g++) {
      next()
      for (let i = 0; i < items; i++) lines.push(`g${g},i${i},${Array.from({ length: m + 1 }, next).join()}`)
    }
    await using f = await folder({
      'options.csv': `${lines.join('\n')}\n`,
      'resources.csv': `resource,max\n${limits.join('\n')}\n`,
      'rules.json': '{"perCustomer":{"exactly":1}}',
    })
    const plan = await solveFiles(f.dir, undefined, {})
    assert.equal(plan.feasible, true)
    assert.ok(plan.value! <= plan.bound && plan.bound >= optimum - 1e-6)
    assert.ok(plan.value! <= optimum + 1e-6, `${plan.value} above the optimum ${optimum}`)
    assert.ok(plan.value! >= optimum * (name >= 'I05' ? 0.99 : 0.97), `${plan.value} of ${optimum}`)
  })
