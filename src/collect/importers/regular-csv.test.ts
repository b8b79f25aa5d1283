import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { CsvReader } from './csv-rows.ts'
import { isRegularCsv } from './regular-csv.ts'

let dir: string
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-csv-'))
})
after(() => rm(dir, { recursive: true, force: true }))

const regular = async (content: string | Uint8Array): Promise<boolean> => {
  const path = join(dir, 'x.csv')
  await writeFile(path, content)
  return isRegularCsv(path, ',')
}

test('what the engine would read otherwise than we do is not regular', async () => {
  assert.equal(await regular('a,b\n1,"x,""y""\nz"\n"",2\r\n'), true)
  assert.equal(await regular('a,b\n王,李\n'), true)
  for (const text of [
    'a\n1"x\n',
    'a\n"x"y\n',
    'a\n"open\n2,x\n',
    'a\nb\rc\n',
    'a\0b\n',
    'a\n\ufffd\n',
    `a\n${'x'.repeat(600_000)}\n`,
  ])
    assert.equal(await regular(text), false, JSON.stringify(text.slice(0, 20)))
  assert.equal(await regular(Buffer.from([0x61, 0x0a, 0xb0, 0xa1, 0x0a])), false)
})

test('a regular file has no row with a problem', async () => {
  const unit = fc.constantFrom('a', '"', ',', '\n', '王', '\r\n', 'b')
  await fc.assert(
    fc.asyncProperty(fc.string({ unit, maxLength: 30 }), async text => {
      if (!(await regular(text))) return
      const reader = new CsvReader(',')
      for (const row of [...reader.push(text), ...reader.end()]) assert.equal(row.problem, '', JSON.stringify(text))
    }),
    { numRuns: 300 },
  )
})

test('characters and quotation marks are found across the pieces a large file is read in', async () => {
  const row = '王小明,"上海,市"\n'
  const text = `a,b\n${row.repeat(90_000)}`
  assert.equal(await regular(text), true)
  assert.equal(await regular(`${text}"`), false)
})
