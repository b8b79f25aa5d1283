import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import type { Bench, BenchOptions } from './bench.ts'

/** `npm run bench -- NAME [--json] [--option value …]`. Each benchmark is one file of this folder that exports `bench`. */

const here = new URL('.', import.meta.url)
const [name, ...rest] = process.argv.slice(2)
const notBenches = new Set(['run', 'bench'])
const names = (await readdir(here))
  .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map(file => file.slice(0, -3))
  .filter(file => !notBenches.has(file))

if (!name || !names.includes(name) || !existsSync(new URL(`${name}.ts`, here))) {
  process.stderr.write(`npm run bench -- NAME [--json]   NAME: ${names.sort().join(', ')}\n`)
  process.exit(2)
}

const value = (option: string) => {
  const at = rest.indexOf(`--${option}`)
  return at < 0 ? undefined : rest[at + 1]
}
const options: BenchOptions = {
  number(option, fallback) {
    const given = value(option)
    if (given === undefined) return fallback
    const number = Number(given.replaceAll(/[_,]/g, ''))
    if (!Number.isFinite(number)) {
      process.stderr.write(`--${option} must be a number, not "${given}"\n`)
      process.exit(2)
    }
    return number
  },
  text: (option, fallback) => value(option) ?? fallback,
  say: line => void process.stderr.write(`${line}\n`),
}
const { bench } = (await import(new URL(`${name}.ts`, here).href)) as { bench: Bench }
const result = await bench.run(options)
process.stdout.write(rest.includes('--json') ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`)
process.exit(0)
