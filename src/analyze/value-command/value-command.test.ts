import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { HuiyinError } from '../../platform/errors.ts'
import { seededRandom } from '../math/random.ts'
import { valueCommand } from './command.ts'

interface Said {
  customers: number
  chosen: string | null
  holdout: { actual: number; periods: number } | null
  models: Record<
    string,
    {
      converged: boolean
      problem: string | null
      parameters: Record<string, number> | null
      standardErrors: Record<string, number> | null
      logLikelihood: number
      holdout?: { expected: number; meanAbsoluteError: number; correlation: number }
    }
  >
  rules: Record<string, { hiatus?: number; holdout: { actual: number } }>
  verdict: { ruleIsAsGood: boolean } | null
  totals: { value: number | null } | null
  warnings: { code: string; count?: number; rows?: number[] }[]
}

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-value-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const value = async (file: string, options: Record<string, string | boolean>) => {
  const input = {
    args: [file],
    cwd: folder,
    options: { customer: 'customer', date: 'date', ...options },
    lang: 'en' as const,
  }
  const result = await valueCommand.run({ ...input, progress: () => undefined })
  return { ...result, said: JSON.parse(JSON.stringify(result.json)) as Said }
}
const write = async (name: string, lines: readonly string[]) => {
  const file = join(folder, name)
  await writeFile(file, `${lines.join('\n')}\n`)
  return file
}
const refused = (code: string) => (error: unknown) => error instanceof HuiyinError && error.code === code

/** Purchases of simulated customers by days, with amounts. */
function simulated(customers: number): string[] {
  const random = seededRandom(8)
  const lines: string[] = []
  for (let c = 0; c < customers; c++) {
    const rate = random.gamma(0.8, 60)
    const leaves = random.beta(0.8, 4)
    const nu = random.gamma(4, 10)
    for (let t = Math.floor(200 * random.uniform()); t < 700; ) {
      const date = new Date((10_957 + t) * 86_400_000).toISOString().slice(0, 10)
      lines.push(`c${c},${date},${random.gamma(6, nu).toFixed(2)}`)
      if (random.uniform() < leaves) break
      t += Math.ceil(-Math.log(1 - random.uniform()) / rate)
    }
  }
  return lines
}
const lines = simulated(1500)
const head = 'customer,date,amount'

const cdnow = fileURLToPath(new URL('../../../../shared/data/cdnow/', import.meta.url))
describe('CDNOW from its files', { skip: !existsSync(cdnow) }, () => {
  const printed: Record<string, Record<string, string>> = {
    'bg-nbd': { r: '0.243', alpha: '4.414', a: '0.793', b: '2.426', logLikelihood: '-9582.4' },
    'mbg-nbd': { r: '0.525', alpha: '6.183', a: '0.891', b: '1.614' },
    'pareto-nbd': { r: '0.553', alpha: '10.578', s: '0.606', beta: '11.669', logLikelihood: '-9595.0' },
    'gamma-gamma': { p: '6.25', q: '3.74', gamma: '15.44', logLikelihood: '-4055.92' },
  }
  const check = ({ said }: { said: Said }) => {
    for (const [id, figures] of Object.entries(printed))
      for (const [name, figure] of Object.entries(figures)) {
        const model = said.models[id]!
        const got = name === 'logLikelihood' ? model.logLikelihood : model.parameters![name]!
        assert.equal(got.toFixed(figure.split('.')[1]!.length), figure, `${id} ${name}`)
      }
    assert.equal(said.customers, 2357)
    assert.deepEqual([said.holdout!.actual, said.holdout!.periods], [1882, 39])
    const { expected, correlation, meanAbsoluteError } = said.models['bg-nbd']!.holdout!
    assert.deepEqual(
      [expected.toFixed(1), correlation.toFixed(3), meanAbsoluteError.toFixed(4)],
      ['1653.4', '0.626', '0.7855'],
    )
    assert.equal(said.rules['hiatus']!.holdout.actual, 1882)
    assert.notEqual(said.verdict, null)
  }

  test('comma separated, with headings; the customers as a file', async () => {
    const out = join(folder, 'customers.csv')
    const options = { amount: 'amount', calibrationEnd: '1997-09-30', out }
    check(await value(`${cdnow}cdnow_sample.csv`, options))
    const rows = (await readFile(out, 'utf8')).trim().split('\n')
    assert.equal(rows.length, 2358)
    const cells = (row: number) =>
      Object.fromEntries(rows[0]!.split(',').map((name, k) => [name, rows[row]!.split(',')[k]!]))
    const first = cells(1)
    assert.deepEqual([first['customer'], first['x'], first['t_x'], first['T']], ['0001', '2', '30.428571', '38.857143'])
    assert.equal(Number(first['expected_bg-nbd']).toFixed(3), '1.226')
    const spends = rows.slice(1, 11).map((_, k) => Number(cells(k + 1)['spend']).toFixed(2))
    assert.equal(spends.join(' '), '24.65 18.91 35.17 35.17 35.17 71.46 18.91 35.17 27.28 35.17')
  })

  test('separated by blanks, without headings, dates as YYYYMMDD', async () =>
    check(
      await value(`${cdnow}CDNOW_sample.txt`, { customer: '2', date: '3', amount: '5', calibrationEnd: '1997-09-30' }),
    ))
})

test('the same purchases in other spellings give the same fit', async () => {
  const rows = lines.map(line => line.split(','))
  const spellings: [string, string[], Record<string, string | boolean>][] = [
    ['plain.csv', [head, ...lines], {}],
    ['reversed.csv', [head, ...lines.toReversed()], {}],
    ['dmy.csv', [head, ...rows.map(([c, d, a]) => `${c},${d!.split('-').reverse().join('/')} 8:26,£${a}`)], {}],
    [
      'mdy.tsv',
      ['date\tcustomer\tamount', ...rows.map(([c, d, a]) => `${d!.slice(5)}-${d!.slice(0, 4)}\t${c}\t"${a}"`)],
      {},
    ],
    [
      'ymd.txt',
      rows.map(([c, d, a]) => `  ${c}  ${d!.replaceAll('-', '')}   ${a}`),
      { customer: '1', date: '2', amount: '3' },
    ],
    [
      'yy.csv',
      ['customer;date;amount', ...rows.map(([c, d, a]) => `${c};${d!.slice(2)};${a!.replace('.', ',')}`)],
      { dateFormat: '%y-%m-%d' },
    ],
  ]
  const wanted = await value(await write('wanted.csv', [head, ...lines]), { amount: 'amount' })
  assert.ok(Object.values(wanted.said.models).every(model => model.converged))
  for (const [name, text, options] of spellings) {
    const got = await value(await write(name, text), { amount: 'amount', ...options })
    assert.deepEqual(got.said.warnings, wanted.said.warnings, name)
    for (const [id, model] of Object.entries(wanted.said.models))
      assert.ok(Math.abs(got.said.models[id]!.logLikelihood - model.logLikelihood) < 1e-6, `${name} ${id}`)
  }
  const zipped = join(folder, 'zipped.csv.gz')
  await writeFile(zipped, gzipSync(`\ufeff${[head, ...lines].join('\r\n')}`))
  assert.deepEqual((await value(zipped, { amount: 'amount' })).said.models, wanted.said.models)
})

test('weeks or days: the same model in another unit', async () => {
  const file = await write('units.csv', [head, ...lines])
  const [weeks, days] = await Promise.all(['week', 'day'].map(unit => value(file, { unit, models: 'pareto-nbd' })))
  const of = ({ said }: { said: Said }) => said.models['pareto-nbd']!.parameters!
  for (const [name, times] of [
    ['r', 1],
    ['alpha', 7],
    ['s', 1],
    ['beta', 7],
  ] as const)
    assert.ok(Math.abs(of(days!)[name]! / of(weeks!)[name]! / times - 1) < 1e-4, name)
})

test('rows that cannot be used are left out and named; returns are taken off', async () => {
  const rows = [...lines]
  rows[3] = rows[3]!.replace(/,\d{4}-\d\d-\d\d,/, ',2000-02-30,')
  rows[4] = rows[4]!.replace(/[^,]*$/, 'many')
  rows[5] = rows[5]!.replace(/^[^,]*/, '')
  rows[6] = rows[6]!.replace(/,\d{4}-/, ',2999-')
  rows.push('late,2001-05-05,-3', `${lines[20]!.replace(/[^,]*$/, '0')}`, lines[30]!)
  const { said } = await value(await write('rows.csv', [head, ...rows]), { amount: 'amount' })
  const found = Object.fromEntries(said.warnings.map(warning => [warning.code, warning.rows ?? warning.count]))
  const last = rows.length + 1
  assert.deepEqual(found, {
    'bad-date': [5],
    'bad-amount': [6],
    'no-customer': [7],
    'future-date': [8],
    return: [last - 2],
    'return-exceeds': [last - 2],
    'zero-amount': [last - 1],
    duplicate: [last],
    'no-purchases': 1,
  })
  assert.equal(said.customers, 1500)
})

test('a return larger than what was bought leaves an amount of nought, and no customer is lost', async () => {
  const text = [head, ...lines, 'r,2000-02-01,10', 'r,2000-03-01,5', 'r,2000-03-09,-100']
  const out = join(folder, 'returned.csv')
  const { said } = await value(await write('returns.csv', text), { amount: 'amount', out })
  assert.equal(said.customers, 1501)
  const row = (await readFile(out, 'utf8')).split('\n').find(line => line.startsWith('r,'))!
  assert.equal(row.split(',')[1], '1')
})

test('what cannot be read or understood is refused', async () => {
  const twelve = Array.from({ length: 40 }, (_, k) => `c${k % 30},0${1 + (k % 9)}/0${1 + ((k * 5) % 9)}/2001,3`)
  const mixed = lines.map((line, k) => `${line},${k % 2 ? 'GBP' : 'CNY'}`)
  const cases: [string, Promise<string>, Record<string, string>][] = [
    ['file.unreadable', Promise.resolve(join(folder, 'not-there.csv')), {}],
    ['file.no-column', write('a.csv', [head, ...lines]), { customer: 'client' }],
    ['file.open-quote', write('b.csv', [head, 'c1,"2001-01-01,3', ...lines]), {}],
    ['value.no-dates', write('c.csv', [head, 'c1,soon,3', ',2001-01-01,3']), {}],
    ['file.no-rows', write('c2.csv', [head, ',2001-01-01,3']), {}],
    ['value.ambiguous-dates', write('d.csv', [head, ...twelve]), {}],
    ['value.mixed-currencies', write('e.csv', [`${head},currency`, ...mixed]), { amount: 'amount' }],
    ['value.mixed-currencies', write('f.csv', [head, 'c,2001-01-01,¥3', 'd,2001-01-02,$4']), { amount: 'amount' }],
    ['value.calibration-too-early', write('g.csv', [head, ...lines]), { calibrationEnd: '1999-01-01' }],
    ['value.bad-option', write('h.csv', [head, ...lines]), { models: 'bg-nbd,prophet' }],
    ['value.bad-option', write('i.csv', [head, ...lines]), { unit: 'month' }],
  ]
  for (const [code, file, options] of cases) await assert.rejects(value(await file, options), refused(code), code)
})

test('a model that cannot be fitted says so and is not used; none at all is a failure', async () => {
  const few = await value(await write('few.csv', [head, ...lines.slice(0, 30)]), { amount: 'amount' })
  assert.equal(few.exit, 1)
  assert.equal(few.said.models['bg-nbd']!.problem, 'too-few-customers')
  const once = Array.from({ length: 200 }, (_, k) => `c${k},2001-01-0${1 + (k % 9)},5`)
  const single = await value(await write('once.csv', [head, ...once]), { amount: 'amount' })
  assert.deepEqual([single.exit, single.said.models['pareto-nbd']!.problem], [1, 'no-repeats'])
  assert.equal(single.said.models['pareto-nbd']!.parameters, null)
  // All amounts alike: nothing for the spend model to learn a spread from.
  const alike = lines.map(line => line.replace(/[^,]*$/, '10'))
  const flat = await value(await write('flat.csv', [head, ...alike]), {
    amount: 'amount',
    calibrationEnd: '2000-12-31',
  })
  assert.equal(flat.exit ?? 0, 0)
  assert.equal(flat.said.models['gamma-gamma']!.converged, false)
  assert.equal(flat.said.totals!.value, null)
})

test('a discrete model counts periods; it is asked for by name', async () => {
  const file = await write('bb.csv', [head, ...lines])
  const { said } = await value(file, { models: 'bg-bb', calibrationEnd: '2001-04-30', unit: 'week' })
  assert.equal(said.chosen, 'bg-bb')
  assert.ok(said.models['bg-bb']!.holdout!.expected > 0)
})

test('what a file is written in is found out: UTF-16 and GBK give what UTF-8 gives', async () => {
  const text = `${['客户,日期,金额', ...lines].join('\n')}\n`
  const options = { customer: '客户', date: '日期', amount: '金额', models: 'bg-nbd' }
  const files = {
    'utf-8': Buffer.from(text),
    'utf-16le': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    // The heading as GBK writes it; the rest is ASCII in both.
    gb18030: Buffer.concat([
      Buffer.from('bfcdbba72cc8d5c6da2cbdf0b6ee', 'hex'),
      Buffer.from(text.slice(text.indexOf('\n'))),
    ]),
  }
  const said: Said[] = []
  for (const [encoding, content] of Object.entries(files)) {
    const file = join(folder, `${encoding}.csv`)
    await writeFile(file, content)
    const result = await value(file, options)
    assert.equal(
      result.said.warnings.some(warning => warning.code === 'encoding'),
      encoding !== 'utf-8',
    )
    said.push(result.said)
  }
  assert.deepEqual(said[1]!.models, said[0]!.models)
  assert.deepEqual(said[2]!.models, said[0]!.models)
})

test('dates that cannot be read, and files of returns alone, are refused with an example', async () => {
  const short = await write('short-years.csv', [
    head,
    ...lines.map(line => line.replace(/,\d\d(\d\d)-(\d\d)-(\d\d),/, ',$3/$2/$1,')),
  ])
  await assert.rejects(value(short, {}), refused('value.no-dates'))
  const said = (await value(short, { dateFormat: 'DD/MM/YY', models: 'bg-nbd' })).said
  assert.equal(said.customers, 1500)
  const returns = await write('returns.csv', [head, ...lines.map(line => line.replace(/,([\d.]+)$/, ',-$1'))])
  await assert.rejects(value(returns, { amount: 'amount' }), refused('value.no-purchases'))
})
