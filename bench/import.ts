import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importFile } from '../src/collect/import/import-file.ts'
import { tablesOnly } from '../src/collect/import/own-app.ts'
import { suggestMapping } from '../src/collect/sources.ts'
import { readConfig } from '../src/platform/config.ts'
import { openApp } from '../src/platform/open-app.ts'
import { type Bench, timed } from './bench.ts'
import { cpuSeconds } from './import/cpu.ts'
import { PEOPLE_TYPES, SALE_TYPES, writePeople, writeSales } from './import/files.ts'

async function measured<T>(work: () => Promise<T>) {
  const before = cpuSeconds()
  const { seconds, value } = await timed(work)
  return { seconds: round(seconds), cpu: round(cpuSeconds() - before), value }
}

const round = (seconds: number): number => Math.round(seconds * 100) / 100

/**
 * `--lines` (default 5,000,000) of sales and `--people` (default 500,000) as CSV files: imported (encoding checked, every value parsed and
 * refused when wrong, raw rows kept, compared with what is known) against the engine reading the same file into a typed table in the
 * same order, which checks nothing.
 */
export const bench: Bench = {
  name: 'import',
  summary: 'files brought in, against the engine reading the same file',
  async run({ number, say }) {
    const dir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
    const app = await openApp(readConfig({ HUIYIN_DATA: join(dir, 'data') }), [tablesOnly])
    const { facts } = app
    try {
      const figures: Record<string, unknown> = {}
      const baseline: Record<string, unknown> = {}
      const ratio: Record<string, number> = {}
      const kinds = [
        {
          name: 'sales',
          rows: number('lines', 5_000_000),
          write: writeSales,
          types: SALE_TYPES,
          order: 'customer_no, invoice_date, invoice, line',
        },
        { name: 'people', rows: number('people', 500_000), write: writePeople, types: PEOPLE_TYPES, order: 'id' },
      ]
      for (const { name, rows, write, types, order } of kinds) {
        if (rows === 0) continue
        const file = join(dir, `${name}.csv`)
        await write(facts, file, rows)
        await facts.exec(`CREATE TABLE raw_${name} (${types}) ENGINE = MergeTree ORDER BY (${order})`)
        const structure = types.replace(/[\\']/g, '\\$&')
        const raw = await measured(() =>
          facts.exec(`INSERT INTO raw_${name} SELECT * FROM file('${file}', 'CSV', '${structure}')
            SETTINGS input_format_csv_skip_first_lines = 1`),
        )
        const mapping = await suggestMapping(file, name, name === 'sales' ? 'sales' : 'people')
        let last = performance.now()
        const ours = await measured(() =>
          importFile(app, mapping, file, (done, _all) => {
            say(
              `${name}: part ${done} after ${round((performance.now() - last) / 1000)} s, ${round(cpuSeconds())} s of processor so far`,
            )
            last = performance.now()
          }),
        )
        const { rowsIn, stored, duplicates, quarantined } = ours.value
        if (stored !== rows || rowsIn !== stored + duplicates + quarantined)
          throw new Error(`${name}: ${stored} of ${rows} rows stored`)
        figures[name] = {
          rows,
          seconds: ours.seconds,
          cpuSeconds: ours.cpu,
          rowsPerSecond: Math.round(rows / ours.seconds),
        }
        baseline[name] = { seconds: raw.seconds, cpuSeconds: raw.cpu, rowsPerSecond: Math.round(rows / raw.seconds) }
        ratio[name] = Math.round((raw.seconds / ours.seconds) * 1000) / 1000
        ratio[`${name}Cpu`] = Math.round((raw.cpu / ours.cpu) * 1000) / 1000
        say(`${name}: ${ours.seconds} s (cpu ${ours.cpu}), the engine alone ${raw.seconds} s (cpu ${raw.cpu})`)
      }
      return { name: 'import', figures, baseline, ratio }
    } finally {
      await app.close()
      await rm(dir, { recursive: true, force: true })
    }
  },
}
