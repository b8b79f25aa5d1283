import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { Command } from '../../platform/app.ts'
import { readConfig } from '../../platform/config.ts'
import { matchErrors } from './errors.ts'
import { readColumnMap } from './files/column-map.ts'
import { matchFiles, writeClusters, writePairs } from './files/match-files.ts'
import { readTable } from './files/read-table.ts'
import { inWords, summaryOf } from './files/summary.ts'

const option = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Ends of the scale are taken a hair inside, where odds are finite. */
const EDGE = 1e-9

function threshold(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const number = Number(value.trim() === '' ? Number.NaN : value)
  if (!(number >= 0 && number <= 1)) throw matchErrors['match.bad-threshold']({ value })
  return Math.min(1 - EDGE, Math.max(EDGE, number))
}

/** `huiyin match FILE…`: who is who in any files of people, without a data folder. */
export const matchCommand: Command = {
  name: 'match <file...>',
  summary: { en: 'find who is who in files of people', zh: '识别文件中的同一人' },
  options: [
    ['--dedupe', 'find the same people within and between the files (default)'],
    ['--link-only', 'link people between the files only, never within one'],
    ['--out <csv>', 'write source,row_id,entity_id (row_id: first column if unique, else the line in the file)'],
    ['--pairs <csv>', 'write left,right,probability of the linked pairs'],
    ['--threshold <p>', 'probability from which two records are one (default: chosen for the best expected F1)'],
    [
      '--map <json>',
      'roles of columns: {"header": "role"} or {"file": {"header": "role"}}, e.g. {"Vorname": "given-name"}',
    ],
  ],
  needsApp: false,
  async run({ args, options, cwd, progress, lang }) {
    const started = performance.now()
    const linkOnly = options['linkOnly'] === true
    if (linkOnly && options['dedupe'] === true) throw matchErrors['match.both-ways']()
    if (linkOnly && args.length < 2) throw matchErrors['match.one-file']({ file: args[0] })
    const from = threshold(option(options['threshold']))
    const { threads } = readConfig(process.env, {}, availableParallelism())
    const steps = args.length + 6
    let done = 0
    const step = (note: string): void => progress(done++, steps, note)
    const tables = []
    for (const file of args) {
      step(file)
      tables.push(await readTable(resolve(cwd, file)))
    }
    const mapFile = option(options['map'])
    const map = mapFile ? await readColumnMap(resolve(cwd, mapFile), tables) : undefined
    const match = await matchFiles(tables, { linkOnly, threshold: from, map, threads, onProgress: step })
    const out = option(options['out'])
    const pairs = option(options['pairs'])
    if (out) await writeClusters(resolve(cwd, out), match)
    const linkedPairs = pairs ? await writePairs(resolve(cwd, pairs), match, linkOnly) : undefined
    const summary = summaryOf(match, linkOnly, (performance.now() - started) / 1000, linkedPairs)
    return { json: summary, text: inWords(summary, lang) }
  },
}
