import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { cutSample } from './cut-sample.ts'
import { root, run, start, stop, temporaryFolder, untilPrinted } from './huiyin.ts'

/** Each thing a user gets wrong: one clear line, the right exit code, nothing half-written. */

/** For all that does not begin on an empty folder: to make its tables takes 4 s of computing. */
const data = temporaryFolder()

test('usage: unknown commands, options and dates exit 2 with a line that helps', async () => {
  for (const [args, says] of [
    [['trun'], /unknown command 'trun'/],
    [['turn'], /required option '--as-of/],
    [['turn', '--as-of', '2010-02-31'], /not a date/],
    [['turn', '--as-of', '2010-12-01', '--nope'], /unknown option '--nope'/],
    [['user', 'add', 'li', '--role', 'emperor'], /no role "emperor".*steward/],
    [['serve', '--port', '99999'], /HUIYIN_PORT/],
    [['restore', 'nothing.tar.gz'], /no backup file/],
  ] as const) {
    const result = await run([...args], { data })
    assert.equal(result.code, 2, `${args.join(' ')}: ${result.stderr}`)
    assert.match(result.stderr, says)
  }
  const zh = await run(['turn', '--as-of', 'soon'], { data, env: { HUIYIN_LANG: 'zh-CN' } })
  assert.match(zh.stderr, /不是日期/)
})

test('a turn before anything is loaded says what to do, and does not spoil the one after', {
  timeout: 240_000,
}, async () => {
  const empty = temporaryFolder()
  const turn = ['turn', '--as-of', '2010-12-01', '--json']
  const early = await run(turn, { data: empty })
  assert.equal(early.code, 2, early.stderr)
  assert.match(early.stderr, /huiyin sample/)
  assert.equal((await run(['sample', '--folder', cutSample(8)], { data: empty })).code, 0)
  const result = await run(turn, { data: empty })
  assert.equal(result.code, 0, result.stderr)
  assert.ok(JSON.parse(result.stdout).counts.customers > 1000)
})

test('a port in use and a data folder held by another process are told as such', async () => {
  const busy = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => busy.once('listening', resolve))
  const { port } = busy.address() as { port: number }
  const refused = await run(['serve', '--port', String(port)], { data })
  assert.equal(refused.code, 1, refused.stderr)
  assert.match(refused.stderr, new RegExp(`Port ${port} .*in use`))
  busy.close()

  const server = start(['serve'], { data })
  await untilPrinted(server, /ready: (http\S+)/)
  const second = await run(['serve'], { data })
  assert.equal(second.code, 1, second.stderr)
  assert.match(second.stderr, new RegExp(`${server.pid}`))
  assert.equal(await stop(server), 0, 'a graceful stop exits 0')
})

test('a data folder that is a file, or that nobody may write, is told as such', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  const result = await run(['sample'], { data: join(folder, 'file') })
  assert.notEqual(result.code, 0)
  assert.match(result.stderr, /file/)
  assert.doesNotMatch(result.stderr, /at .*\.ts:\d+/, 'no stack trace')
})

test('files that cannot be imported: one line each, exit 2, nothing stored', { timeout: 240_000 }, async () => {
  const files = join(temporaryFolder(), 'files')
  mkdirSync(files)
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(files, name), content)
    return join(files, name)
  }
  const cases: [string, string][] = [
    ['missing', join(files, 'not-there.csv')],
    ['a folder', files],
    ['empty', write('empty.csv', '')],
    [
      'binary',
      write(
        'binary.csv',
        new Uint8Array(5000).map((_, i) => (i * 7919) % 251),
      ),
    ],
    ['headers only', write('headers.csv', 'Ref,Full Name,Tel 1\n')],
    ['other headers', write('other.csv', 'colour,weight\nred,7\n')],
    ['half a gzip', write('half.csv.gz', new Uint8Array([31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 75, 76, 74]))],
  ]
  // The first by itself; a server does the others, which spares each the start of both engines.
  let server: ChildProcess | undefined
  for (const [what, file] of cases) {
    const result = await run(['import', file], { data })
    assert.equal(result.code, 2, `${what}: ${result.stderr}${result.stdout}`)
    assert.ok(
      result.stderr
        .trim()
        .split('\n')
        .filter(line => !line.includes('█') && !line.includes('░')).length <= 2,
      `${what}: ${result.stderr}`,
    )
    assert.doesNotMatch(result.stderr, /at .*\.ts:\d+/, `${what}: no stack trace`)
    if (server) continue
    server = start(['serve'], { data })
    await untilPrinted(server, /ready: (http\S+)/)
  }
  assert.equal(await stop(server!), 0)
})

test("the machine's old Node gets one clear line", async () => {
  // Node 20 is not there on every machine: the check itself is plain, so it is run on a pretended version.
  const { readFileSync } = await import('node:fs')
  const { runInNewContext } = await import('node:vm')
  const source = readFileSync(join(root, 'bin', 'huiyin.js'), 'utf8')
    .replace(/^#!.*\n/, '')
    .replace(/import\(/g, 'load(')
  const printed: string[] = []
  assert.throws(
    () =>
      runInNewContext(source, {
        process: {
          versions: { node: '20.20.2' },
          version: 'v20.20.2',
          argv: [],
          exit: (code: number) => {
            throw new Error(`exit ${code}`)
          },
        },
        console: { error: (line: string) => printed.push(line) },
        load: () => assert.fail('loaded on an old Node'),
      }),
    /exit 2/,
  )
  assert.equal(printed.length, 1)
  assert.match(printed[0] ?? '', /needs Node 22\.18 or newer; this is v20\.20\.2/)
})
