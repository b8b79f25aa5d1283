import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { HuiyinError } from '../../platform/errors.ts'
import { matchCommand } from './command.ts'
import type { MatchSummary } from './files/summary.ts'

const folder = mkdtempSync(join(tmpdir(), 'huiyin-match-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content)
  return name
}

async function match(args: string[], options: Record<string, string | boolean> = {}) {
  const result = await matchCommand.run({ args, options, cwd: folder, progress: () => undefined, lang: 'en' })
  return { summary: result.json as MatchSummary, text: result.text }
}

const lines = (name: string): string[] => readFileSync(join(folder, name), 'utf8').trim().split('\n')

const refused =
  (code: string, message = /./) =>
  (error: unknown) => {
    assert.ok(error instanceof HuiyinError, String(error))
    assert.equal(error.code, code)
    assert.match(error.message, message)
    assert.match(error.messageIn('zh-CN'), /[一-鿿]/)
    return true
  }

/** Sixty people, each third twice, with a slip in the second. */
const people = (from: number, to: number, again: boolean): string[] => {
  const given = 'olivia amelia isla grace henry oscar arthur leo edith mabel'.split(' ')
  const heads = 'ash black clay dal fair glen hart kirk lin mar'.split(' ')
  return Array.from({ length: to - from }, (_, n) => {
    const i = from + n
    const surname = `${heads[(i * 7) % 10]}${['ford', 'ton', 'well', 'wood', 'ley', 'by'][i % 6]}`
    const name = again ? `${given[i % 10]!.slice(0, -1)}e` : given[i % 10]
    return `${again ? 'B' : 'A'}${i},${name},${surname},19${40 + (i % 50)}-0${1 + (i % 9)}-1${i % 9},0790012${String(1000 + i * 37)}`
  })
}
const HEADER = 'ref,first name,surname,dob,mobile'

test('double entries of one file: clusters, pairs and figures', async () => {
  const name = file('list.csv', `\ufeff${[HEADER, ...people(0, 60, false), ...people(0, 20, true)].join('\r\n')}\r\n`)
  const { summary, text } = await match([name], { dedupe: true, out: 'c.csv', pairs: 'p.csv', json: true })
  assert.equal(summary.records, 80)
  assert.equal(summary.entities, 60)
  assert.equal(summary.pairsCompared, (80 * 79) / 2)
  assert.equal(summary.estimatedMissedPairs, 0)
  assert.ok(summary.seconds > 0 && summary.expectedF1 > 0.9)
  const [head, ...rows] = lines('c.csv')
  assert.equal(head, 'source,row_id,entity_id')
  assert.equal(rows.length, 80)
  const entity = new Map(rows.map(row => [row.split(',')[1], row.split(',')[2]]))
  for (let i = 0; i < 20; i++) assert.equal(entity.get(`A${i}`), entity.get(`B${i}`))
  const [pairHead, ...pairs] = lines('p.csv')
  assert.equal(pairHead, 'left,right,probability')
  assert.equal(pairs.length, summary.linkedPairs)
  for (const pair of pairs) {
    const [left, right, probability] = pair.split(',')
    assert.equal(entity.get(left), entity.get(right))
    assert.ok(Number(probability) >= summary.threshold - 1e-6)
  }
  assert.match(text, /80 records, 60 entities/)
})

test('linking joins records of two files only, one of each where both list everybody once', async () => {
  const a = file('a.csv', [HEADER, ...people(0, 60, false)].join('\n'))
  const b = file('b.tsv', [HEADER, ...people(0, 30, true)].join('\n').replaceAll(',', '\t'))
  const { summary } = await match([a, b], { linkOnly: true, out: 'c.csv', pairs: 'p.csv' })
  assert.equal(summary.pairsCompared, 60 * 30)
  const sources = new Map<string, string[]>()
  for (const row of lines('c.csv').slice(1)) {
    const [source, , entity] = row.split(',') as [string, string, string]
    sources.set(entity, [...(sources.get(entity) ?? []), source])
  }
  for (const of of sources.values()) assert.equal(new Set(of).size, of.length)
  for (const pair of lines('p.csv').slice(1)) assert.match(pair, /^A(\d+),B\1,/)
  assert.equal(summary.matchedEntities, 30)
})

test('a row id is the line in the file where the first column repeats itself', async () => {
  file('twice.csv', 'group,name,mobile\nx,"Ann\nLee",07900123456\n\nx,Bob Ray,07900999888\n')
  await match(['twice.csv'], { out: 'c.csv' })
  assert.deepEqual(
    lines('c.csv')
      .slice(1)
      .map(row => row.split(',')[1]),
    ['2', '5'],
  )
})

test('rows that are none are left out and said; headers may repeat; one row is one entity', async () => {
  file(
    'ragged.csv',
    'id,name,name,email\n1,Ann,Lee,ann@lee.org\n2,Bob\n3,"open,x,y\n4,Cy,Orr,cy@orr.org,\n5,Di,Poe,di@poe.org,extra\n',
  )
  const { summary, text } = await match(['ragged.csv'], { out: 'c.csv' })
  assert.equal(summary.records, 2)
  assert.deepEqual(
    summary.problems.map(({ line, rule }) => [line, rule]),
    [
      [3, 'columns'],
      [4, 'quote'],
      [6, 'columns'],
    ],
  )
  assert.match(text, /ragged\.csv, line 3 has not as many cells/)
  assert.deepEqual(lines('c.csv').slice(1), ['ragged,1,1', 'ragged,4,2'])
  file('one.csv', 'id,name\n1,Ann\n')
  assert.equal((await match(['one.csv'])).summary.entities, 1)
})

test('GB18030, gzip and JSON lines are read like any other file', async () => {
  const gb = Buffer.concat([
    Buffer.from('id,'),
    Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]),
    Buffer.from(',tel\n1,'),
    Buffer.from([0xcd, 0xf5, 0xce, 0xb0]),
    Buffer.from(',13900001111\n'),
  ])
  file('gb.csv', gb)
  file('zip.csv.gz', gzipSync('id,姓名,tel\n1,王伟,13900001111\n'))
  file('rows.jsonl', '{"id":1,"name":"王伟","contact":{"phone":"139 0000 1111"}}\n')
  const { summary } = await match(['gb.csv', 'zip.csv.gz', 'rows.jsonl'], { out: 'c.csv' })
  assert.equal(summary.records, 3)
  assert.deepEqual(
    lines('c.csv')
      .slice(1)
      .map(row => row.split(',')[0]),
    ['gb', 'zip', 'rows'],
  )
  for (const { columns } of summary.files)
    assert.deepEqual(columns.map(column => column.role).sort(), ['full-name', 'ignore', 'phone'])
})

test('a map gives roles, for all files or for one', async () => {
  file('odd.csv', 'k,a,b\n1,Ann Lee,07900123456\n2,Bob Ray,07900999888\n')
  file('map.json', JSON.stringify({ a: 'full_name', odd: { b: 'mobile' } }))
  const { summary } = await match(['odd.csv'], { map: 'map.json' })
  assert.deepEqual(
    summary.files[0]!.columns.map(column => column.role),
    ['ignore', 'full-name', 'phone'],
  )
  file('bad-role.json', '{"a": "nickname"}')
  await assert.rejects(match(['odd.csv'], { map: 'bad-role.json' }), refused('match.map-role', /"nickname".*full-name/))
  file('bad-column.json', '{"z": "phone"}')
  await assert.rejects(match(['odd.csv'], { map: 'bad-column.json' }), refused('match.map-column', /"z".*k, a, b/))
  file('no-json.json', '{')
  await assert.rejects(match(['odd.csv'], { map: 'no-json.json' }), refused('match.map-unreadable'))
})

test('what cannot be matched is refused with the file and what to do', async () => {
  const list = file('few.csv', `${HEADER}\n${people(0, 3, false).join('\n')}\n`)
  file('empty.csv', '')
  file('header.csv', 'id,name\n')
  file('numbers.csv', 'id,amount\n1,3.5\n2,4.5\n')
  file('mail.csv', 'id,email\n1,a@b.org\n')
  file('phone.csv', 'id,mobile\n1,07900123456\n')
  await assert.rejects(match(['gone.csv']), refused('collect.file-missing', /gone\.csv/))
  await assert.rejects(match(['empty.csv']), refused('collect.file-empty', /empty\.csv/))
  await assert.rejects(match(['header.csv']), refused('collect.file-no-rows', /header\.csv/))
  await assert.rejects(match(['numbers.csv']), refused('match.nothing-recognised', /numbers\.csv.*id, amount.*--map/))
  await assert.rejects(match([list], { linkOnly: true }), refused('match.one-file'))
  await assert.rejects(match([list, list], { linkOnly: true, dedupe: true }), refused('match.both-ways'))
  await assert.rejects(match(['mail.csv', 'phone.csv'], { linkOnly: true }), refused('match.nothing-common'))
  for (const threshold of ['2', '-1', 'high', ''])
    await assert.rejects(match([list], { threshold }), refused('match.bad-threshold'))
  await assert.rejects(match([list], { out: 'no/such/folder.csv' }), refused('match.out-unwritable', /folder\.csv/))
})
