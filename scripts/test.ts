import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run as runFiles } from 'node:test'
import { spec } from 'node:test/reporters'
import { ensureDebianPackages } from './debian.ts'
import { folderInMemory } from './folder-in-memory.ts'

/** `npm test`: types, lint, then unit, property and integration tests, then the browser. `npm run test:long`: the long ones. */

const long = process.argv.includes('long')

// The long ones write gigabytes.
const memory = long ? undefined : folderInMemory()
if (memory) process.env['TMPDIR'] = memory
// A test file that imports the whole product computes for .75 s less.
process.env['NODE_COMPILE_CACHE'] = join(import.meta.dirname, '../node_modules/.cache/huiyin')

async function step(title: string, work: () => Promise<boolean>): Promise<void> {
  const started = Date.now()
  const good = await work()
  console.log(`${good ? '✔' : '✖'} ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (!good) process.exit(1)
}

/** One of several checks that run side by side: what it says comes at once, when it is through. */
function check(name: string, ...args: string[]): Promise<boolean> {
  const child = spawn(`node_modules/.bin/${name}`, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk))
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', code => {
      process.stdout.write(Buffer.concat(said))
      done(code === 0)
    })
  })
}

/** The files in their order, but `first` before all others: a long one that began last would run alone at the end. */
async function tests(patterns: string[], concurrency: number, first: string[] = []): Promise<void> {
  const files = globSync(patterns).filter(file => file.endsWith('.long.test.ts') === long)
  const ordered = [...first.filter(file => files.includes(file)), ...files.filter(file => !first.includes(file)).sort()]
  if (ordered.length === 0) return
  const title = patterns[0]?.startsWith('e2e')
    ? 'browser and whole-product tests'
    : 'unit, property and integration tests'
  await step(title, async () => {
    let good = true
    const results = runFiles({ files: ordered.map(file => resolve(file)), concurrency })
    results.on('test:fail', () => {
      good = false
    })
    await pipeline(results.compose(new spec()), process.stdout, { end: false })
    return good
  })
}

if (!ensureDebianPackages()) process.exit(1)
if (!long)
  await step('types, lint, one-way rule', async () => {
    const passed = await Promise.all([
      check('tsc', '--noEmit'),
      check('biome', 'check', '--error-on-warnings', '.'),
      check('depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'web'),
    ])
    return passed.every(Boolean)
  })
// Three at a time on two cores: at two the cores were idle for a quarter of the time, while engines start and servers answer.
await tests(
  ['src/**/*.test.ts', 'web/**/*.test.ts', 'samples/**/*.test.ts', 'bench/**/*.test.ts', 'scripts/**/*.test.ts'],
  3,
)
await tests(['e2e/**/*.test.ts'], 2, ['e2e/same-counts.test.ts', 'e2e/walk.test.ts'])
