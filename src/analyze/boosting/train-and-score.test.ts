import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Command, CommandInput } from '../../platform/app.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { scoreCommand, trainCommand } from './commands.ts'
import { readCsv } from './csv-lines.ts'
import { readModel } from './model-file.ts'
import { predictorOf } from './predict.ts'
import { readTable } from './read-table.ts'
import { sampleWorld } from './sample-worlds.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-boosting-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const put = async (name: string, text: string | Buffer): Promise<string> => {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

const run = (command: Command, args: string[], options: CommandInput['options']) =>
  command.run({ args, options, progress: () => undefined, lang: 'en', cwd: folder })

/** The sample world as a file: blanks for what is missing, a customer number, a constant, and a date. */
async function worldFile(
  name: string,
  rows: number,
  extra: (label: number, row: number) => string = () => '7',
): Promise<string> {
  const { table, labels } = sampleWorld(rows, 21)
  const lines = [`customer,${table.columns.map(column => column.name).join(',')},since,extra,left`]
  for (let row = 0; row < rows; row++) {
    const cells = table.columns.map(column => {
      if (column.kind === 'number') return Number.isNaN(column.values[row]!) ? '' : String(column.values[row])
      return column.codes[row]! < 0 ? '' : `"${column.categories[column.codes[row]!]}, ""north"""`
    })
    const since = new Date(Date.UTC(2020, 0, 1 + (row % 900))).toISOString().slice(0, 10)
    lines.push(`C${row},${cells.join(',')},${since},${extra(labels[row]!, row)},${labels[row] ? 'yes' : 'no'}`)
  }
  return put(name, `\ufeff${lines.join('\r\n')}\r\n`)
}

test('trains on a file, scores it, and the reasons add up', async () => {
  const file = await worldFile('world.csv', 3_000)
  const model = join(folder, 'model.json')
  const trained = await run(trainCommand, [file], { label: 'left', out: model, threads: '2' })
  const said = trained.json as Record<string, unknown> & { metrics: { auc: number; calibrationError: number } }
  assert.ok(said.metrics.auc > 0.8 && said.metrics.calibrationError < 0.03, JSON.stringify(said.metrics))
  assert.deepEqual(said['leaks'], [])
  assert.match(trained.text, /not used: customer \(a different value/)
  assert.match(trained.text, /not used: extra \(the same value/)

  const out = join(folder, 'scores.csv')
  const scored = await run(scoreCommand, [model, file], { id: 'customer', out })
  assert.equal((scored.json as { rows: number }).rows, 3_000)
  const lines = (await readFile(out, 'utf8')).trimEnd().split('\n')
  assert.equal(lines[0], 'id,probability,reasons')
  assert.equal(lines.length, 3_001)
  assert.match(lines[1]!, /^C0,0\.\d{6},.*\([+−]\d\.\d\d\)/)

  const read = await readModel(model)
  const predictor = predictorOf(read)
  const wanted = read.columns.map(({ name }, c) => ({ name, reading: read.readings[c]!, categories: [] }))
  const table = await readTable(file, 3_000, wanted)
  const margins = predictor.margins(table)
  const parts = predictor.explain(table, 0, 300)
  const width = read.columns.length
  for (let row = 0; row < 300; row++) {
    const sum = parts.subarray(row * width, (row + 1) * width).reduce((s, part) => s + part, predictor.expected)
    assert.ok(Math.abs(sum - margins[row]!) < 1e-9)
    assert.equal(lines[row + 1]!.split(',')[1], predictor.probabilities(margins.slice(row, row + 1))[0]!.toFixed(6))
  }
})

test('the same model for any number of threads', async () => {
  const file = await worldFile('threads.csv', 1_500)
  const models = []
  for (const threads of ['1', '2']) {
    const out = join(folder, `threads-${threads}.json`)
    await run(trainCommand, [file], { label: 'left', out, threads, learner: 'trees' })
    models.push({ ...(await readModel(out)), trainedOn: null })
  }
  assert.deepEqual(models[0], models[1])
})

test('a column filled in afterwards is reported, by its value and by whether it is there', async () => {
  const told = await worldFile('told.csv', 800, (label, row) => (row % 40 === 0 ? 'call' : label ? 'closed' : 'open'))
  const noted = await worldFile('noted.csv', 800, (label, row) => (label && row % 40 ? String(row % 90) : ''))
  for (const [file, by] of [
    [told, 'value'],
    [noted, 'missing'],
  ] as const) {
    const { json, text } = await run(trainCommand, [file], { label: 'left', learner: 'logistic' })
    const { leaks } = json as { leaks: { feature: string; by: string }[] }
    assert.deepEqual(
      leaks.map(leak => [leak.feature, leak.by]),
      [['extra', by]],
    )
    assert.match(text, /leave it out with --exclude/)
    const without = await run(trainCommand, [file], { label: 'left', learner: 'logistic', exclude: 'extra,customer' })
    assert.deepEqual((without.json as { leaks: unknown[] }).leaks, [])
  }
})

test('a monotone column keeps its direction from file to score', async () => {
  const file = await worldFile('monotone.csv', 1_500)
  const model = join(folder, 'monotone.json')
  await run(trainCommand, [file], { label: 'left', out: model, monotone: 'c:+1' })
  const rows = Array.from({ length: 61 }, (_, k) => `k${k},0.3,2,${-3 + k / 10},,0,2021-01-01`)
  const line = await put('line.csv', `customer,a,b,c,town,noise,since\n${rows.join('\n')}\n`)
  const out = join(folder, 'line-scores.csv')
  await run(scoreCommand, [model, line], { id: 'customer', out, reasons: false })
  const scores = (await readFile(out, 'utf8'))
    .trimEnd()
    .split('\n')
    .slice(1)
    .map(text => Number(text.split(',')[1]))
  for (let k = 1; k < 61; k++) assert.ok(scores[k]! >= scores[k - 1]!)
})

const refused = (code: string, words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof HuiyinError, String(error))
  assert.equal(error.code, code)
  assert.match(error.messageIn('en'), words)
  assert.equal(error.exit, 2)
  return true
}

test('what cannot be trained on says why', async () => {
  const rows = (n: number, line: (k: number) => string) => Array.from({ length: n }, (_, k) => line(k)).join('\n')
  const cases: [string, string, CommandInput['options'], string, RegExp][] = [
    ['empty.csv', '', { label: 'y' }, 'analyze.train-empty', /no rows/],
    ['header.csv', 'a,y\n', { label: 'y' }, 'analyze.train-empty', /no rows/],
    ['column.csv', 'a,y\n1,0\n', { label: 'z' }, 'analyze.train-no-column', /no column "z"; its columns are a, y/],
    ['exclude.csv', 'a,y\n1,0\n', { label: 'y', exclude: 'b' }, 'analyze.train-no-column', /no column "b"/],
    ['class.csv', `a,y\n${rows(100, k => `${k},1`)}`, { label: 'y' }, 'analyze.train-one-class', /always "1"/],
    [
      'which.csv',
      `a,y\n${rows(100, k => `${k},${k % 2 ? 'red' : 'blue'}`)}`,
      { label: 'y' },
      'analyze.train-which-positive',
      /blue, red/,
    ],
    [
      'never.csv',
      `a,y\n${rows(100, k => `${k},${k % 2}`)}`,
      { label: 'y', positive: 'si' },
      'analyze.train-no-positive',
      /never "si"/,
    ],
    [
      'few.csv',
      `a,y\n${rows(100, k => `${k % 7},${k < 3 ? 1 : 0}`)}`,
      { label: 'y' },
      'analyze.train-too-few',
      /Only 3 of 100/,
    ],
    [
      'constant.csv',
      `a,y\n${rows(100, k => `1,${k % 2}`)}`,
      { label: 'y' },
      'analyze.train-no-features',
      /no column is left/,
    ],
    ['ragged.csv', 'a,y\n1,0\n1,2,3\n', { label: 'y' }, 'analyze.train-ragged', /line 3 has 3 cells/],
    ['quote.csv', 'a,y\n1,0\n"1,2\n', { label: 'y' }, 'analyze.train-open-quote', /line 3/],
    ['twice.csv', 'a,a,y\n1,1,0\n', { label: 'y' }, 'analyze.train-column-twice', /two columns named "a"/],
    ['learner.csv', 'a,y\n1,0\n', { label: 'y', learner: 'magic' }, 'analyze.train-option', /--learner/],
    ['label.csv', 'a,y\n1,0\n', {}, 'analyze.train-missing-option', /--label/],
  ]
  for (const [name, text, options, code, words] of cases)
    await assert.rejects(run(trainCommand, [await put(name, text)], options), refused(code, words), name)
  await assert.rejects(
    run(trainCommand, [join(folder, 'nowhere.csv')], { label: 'y' }),
    refused('analyze.train-no-file', /ENOENT/),
  )
})

test('what cannot be scored says why', async () => {
  const file = await worldFile('for-score.csv', 600)
  const model = join(folder, 'for-score.json')
  await run(trainCommand, [file], { label: 'left', out: model, learner: 'logistic' })
  const out = join(folder, 'none.csv')
  const score = async (name: string, text: string, code: string, words: RegExp) =>
    assert.rejects(
      run(scoreCommand, [model, await put(name, text)], { id: 'customer', out }),
      refused(code, words),
      name,
    )
  await score('less.csv', 'customer,a\n1,1\n', 'analyze.train-no-column', /no column "b"/)
  await score(
    'words.csv',
    'customer,a,b,c,town,noise,since\n1,hello,1,1,x,1,2020-01-01\n',
    'analyze.train-no-number',
    /line 2, column "a": "hello"/,
  )
  const broken = await put('broken.json', '{"format":"huiyin-yes-no","version":1}')
  await assert.rejects(
    run(scoreCommand, [broken, file], { id: 'customer', out }),
    refused('analyze.model-unreadable', /is no model/),
  )
  await assert.rejects(
    run(scoreCommand, [model, file], { id: 'customer', out: join(folder, 'no', 'such.csv') }),
    refused('analyze.train-cannot-write', /ENOENT/),
  )
  // A single odd cell is a missing value, with a warning.
  const odd = await put(
    'odd.csv',
    'customer,a,b,c,town,noise,since\n1,hello,1,1,x,1,2020-01-01\n2,1,1,1,x,1,2020-01-01\n',
  )
  const { text } = await run(scoreCommand, [model, odd], { id: 'customer', out })
  assert.match(text, /1 values are no numbers \(first "hello" in line 2\)/)
})

test('what is odd in a file is handled and said, by column and line', async () => {
  const random = sampleWorld(400, 4)
  const line = (k: number, label = random.labels[k] ? 'yes' : 'no') =>
    `C${k},${random.table.columns[0]!.kind === 'number' ? random.table.columns[0]!.values[k]!.toFixed(3) : ''},${'abc'[k % 3]},${label}`
  const lines = Array.from({ length: 400 }, (_, k) => line(k))
  const header = 'id,a,c,y'
  const train = async (name: string, content: string | Buffer, more: CommandInput['options'] = {}) =>
    (await run(trainCommand, [await put(name, content)], { label: 'y', learner: 'logistic', ...more })).text
  assert.match(
    await train('twice.csv', [header, ...lines, ...lines.slice(0, 3)].join('\n')),
    /3 rows repeat .*"C0" in line 402, before in line 2/,
  )
  assert.match(
    await train(
      'cases.csv',
      [header, ...lines.map((text, k) => (k % 4 ? text : text.replace(/yes$/, ' Yes ')))].join('\n'),
    ),
    /400 rows/,
  )
  await assert.rejects(
    train('random.csv', ['c,y', ...lines.map((_, k) => `${'abc'[(k * 7919) % 3]},${(k * 31) % 2}`)].join('\n')),
    refused('analyze.train-nothing-found', /no better than the plain rate/),
  )
  assert.match(
    await train(
      'comma.csv',
      ['id;a;c;y;b', ...lines.map(text => `${text.replaceAll(',', ';').replace('.', ',')};${text.split(',')[1]}`)].join(
        '\n',
      ),
    ),
    /not used: a \(numbers like "-?\d+,\d+" \(line \d+\)/,
  )
  assert.match(
    await train(
      'reason.csv',
      [`${header},reason`, ...lines.map((text, k) => `${text},${text.endsWith('yes') && k % 2 ? 'moved' : ''}`)].join(
        '\n',
      ),
    ),
    /"reason" has a value that only rows with the rarer label have/,
  )
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from([header, ...lines].join('\n'), 'utf16le')])
  const model = join(folder, 'odd.json')
  assert.match(await train('utf16.csv', utf16, { out: model }), /400 rows/)
  await assert.rejects(
    train('blank.csv', [header, ...lines.map(text => text.replace(/(yes|no)$/, ''))].join('\n')),
    refused('analyze.train-no-label', /blank in every row/),
  )

  const score = async (name: string, content: string) =>
    (await run(scoreCommand, [model, await put(name, content)], { id: 'id', out: join(folder, 'odd.csv') })).text
  assert.match(
    await score('ids.csv', [header, ...lines, lines[0]].join('\n')),
    /1 rows repeat an id \(first "C0" in line 402/,
  )
  assert.match(
    await score('no-id.csv', [header, lines[0]!.replace('C0', ''), lines[1]].join('\n')),
    /1 rows have no id \(first in line 2/,
  )
  assert.match(
    await score('new.csv', [header, lines[0]!.replace(',a,', ',new,')].join('\n')),
    /"c": 1 rows have values that training did not know .*"new"/,
  )
  await assert.rejects(score('only-header.csv', `${header}\n`), refused('analyze.train-empty', /no rows/))
})

test('quotes, line ends, delimiters and encodings of a file', async () => {
  const read = async (name: string, content: string | Buffer) => {
    const records: [string[], number][] = []
    await readCsv(await put(name, content), () => ({
      header: names => void records.push([names, 1]),
      record: (cells, line) => void records.push([cells, line]),
    }))
    return records
  }
  const expected = [
    [['姓名', 'note'], 1],
    [['a', 'one "two"\nthree'], 2],
    [['b', ''], 4],
  ]
  assert.deepEqual(
    await read('a.csv', '姓名,note\r\na,"one ""two""\nthree"\r\n\r\n'.replace('\r\n\r\n', '\r\nb,')),
    expected,
  )
  assert.deepEqual(await read('b.csv', '\ufeff姓名;note\na;"one ""two""\nthree"\nb;\n\n'), expected)
  // 姓名 in GB 18030.
  const gb = Buffer.concat([
    Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]),
    Buffer.from('\tnote\na\t"one ""two""\nthree"\nb\t\n'),
  ])
  assert.deepEqual(await read('c.csv', gb), expected)
  // Records that lie across the pieces a file is read in.
  const long = Array.from({ length: 60_000 }, (_, k) => `${k},"text, ${'x'.repeat(k % 50)}\r\n""end"""`)
  const all = await read('d.csv', `k,text\r\n${long.join('\r\n')}`)
  assert.equal(all.length, 60_001)
  for (const [k, [cells, line]] of all.slice(1).entries()) {
    assert.deepEqual(cells, [String(k), `text, ${'x'.repeat(k % 50)}\r\n"end"`])
    assert.equal(line, 2 + 2 * k)
  }
})
