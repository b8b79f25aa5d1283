import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { ensureDebianPackages } from './debian.ts'

/** `npm test`: types, lint, then unit, property and integration tests, then the browser. `npm run test:long`: the long ones. */

const long = process.argv.includes('long')

function run(title: string, command: string, args: string[]): void {
  const started = Date.now()
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  console.log(`${status === 0 ? '✔' : '✖'} ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (status !== 0) process.exit(status ?? 1)
}

const bin = (name: string) => `node_modules/.bin/${name}`
const tests = (patterns: string[], concurrency: number) => {
  const files = globSync(patterns).filter(file => file.endsWith('.long.test.ts') === long)
  if (files.length > 0)
    run(
      patterns[0]?.startsWith('e2e') ? 'browser and whole-product tests' : 'unit, property and integration tests',
      process.execPath,
      ['--test', `--test-concurrency=${concurrency}`, ...files],
    )
}

if (!ensureDebianPackages()) process.exit(1)
if (!long) {
  run('types', bin('tsc'), ['--noEmit'])
  run('lint', bin('biome'), ['check', '--error-on-warnings', '.'])
  run('one-way rule', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'src', 'web'])
}
// Three at a time on two cores: at two the cores were idle for a quarter of the time, while engines start and servers answer.
tests(['src/**/*.test.ts', 'web/**/*.test.ts', 'samples/**/*.test.ts', 'bench/**/*.test.ts', 'scripts/**/*.test.ts'], 3)
tests(['e2e/**/*.test.ts'], 2)
