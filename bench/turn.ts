import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parts, runTurn, stages } from '../src/loop.ts'
import { jobs, loopRoutes } from '../src/loop-routes.ts'
import { readConfig } from '../src/platform/config.ts'
import { buildServer } from '../src/platform/http/server.ts'
import { openApp } from '../src/platform/open-app.ts'
import { startWorkers } from '../src/platform/serve.ts'
import { type Bench, timed } from './bench.ts'
import { AS_OF, generateCompany } from './turn/generate.ts'
import { measureApi } from './turn/measure-api.ts'
import { watchResident } from './turn/resident.ts'

const FILES = {
  'crm.csv': 'CSVWithNames',
  'webshop.jsonl': 'JSONEachRow',
  'callcentre.csv': 'CSVWithNames',
  'sales-2009-2010.parquet': 'Parquet',
  'sales-2010-2011.parquet': 'Parquet',
}

/**
 * One turn of a company of `--customers` (default 1,000,000) and `--transactions` (20,000,000), with about `--emails`
 * (100,000) e-mails and `--pdfs` (20,000) PDFs; then every API call a page makes. Beside each step stands the time the raw
 * engine takes for the scan that step cannot do without. `--dir` keeps the generated files for the next run.
 */
export const bench: Bench = {
  name: 'turn',
  summary: 'a whole turn of a large company, step by step, and the pages after it',
  async run({ number, text, say }) {
    const size = {
      customers: number('customers', 1e6),
      transactions: number('transactions', 2e7),
      emails: number('emails', 1e5),
      pdfs: number('pdfs', 2e4),
      seed: number('seed', 1),
    }
    const root = join(import.meta.dirname, '..')
    const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
    const dir = text('dir', join(dataDir, 'company'))
    if (!existsSync(join(dir, 'data', 'sales-2010-2011.parquet'))) {
      const made = await timed(() => generateCompany(join(root, 'samples'), dir, size))
      say(`company generated in ${made.seconds.toFixed(1)} s (not part of the turn)`)
    }
    const resident = watchResident()
    const app = await openApp(readConfig(process.env, { data: join(dataDir, 'data') }, 2), stages, jobs)
    try {
      await startWorkers(app, jobs)
      for (const part of parts) await part.loadSample(app, dir, () => undefined)
      const result = await runTurn(app, AS_OF, {
        stepDone: (step, seconds, figures) =>
          say(`${step.id.padEnd(10)} ${seconds.toFixed(1).padStart(7)} s  ${JSON.stringify(figures).slice(0, 160)}`),
      })
      const peak = resident.stop()

      const run = await app.runs.of(result.turn, 'identity')
      const compose = await app.runs.of(result.turn, 'compose')
      const raw = async (sql: string, runId = 0) => (await timed(() => app.facts.query(sql, { run: runId }))).seconds
      const purchases = await raw(
        'SELECT count(), sum(s) FROM (SELECT customer_id, count() AS n, sum(amount_minor) AS s, max(sold_at) AS last, uniqExact(invoice) AS invoices FROM purchases WHERE run_id = {run:UInt64} GROUP BY customer_id)',
        run,
      )
      const records = await raw(
        'SELECT count(), max(cityHash64(full_name, mobile, email, street) % 1000) FROM source_records',
      )
      const lines = await raw(
        'SELECT count(), max(cityHash64(invoice, product_code, quantity, sold_at) % 1000) FROM sale_lines',
      )
      const ledger = await raw(
        'SELECT count(), sum(length(data)) FROM communications WHERE run_id = {run:UInt64}',
        compose,
      )
      let files = 0
      for (const [name, format] of Object.entries(FILES))
        files += await raw(`SELECT max(cityHash64(*) % 1000) FROM file('${join(dir, 'data', name)}', '${format}')`)
      const scans: Record<string, number> = {
        import: files,
        quality: records,
        identity: records + lines,
        features: purchases,
        models: purchases,
        segments: purchases,
        plan: purchases,
        campaign: purchases,
        compose: ledger,
        deliver: ledger,
        judge: purchases,
        measure: purchases,
      }

      const http = await buildServer(app, {
        stages,
        more: loopRoutes,
        webRoot: join(root, 'dist', 'web'),
        localToken: 'bench',
      })
      const api = await measureApi(app, http, 'bench', number('rounds', 20))
      await http.close()
      const slowest = Object.entries(api).sort((a, b) => b[1].p95 - a[1].p95)[0]
      say(`slowest page call: ${slowest?.[0]} p95 ${slowest?.[1].p95} ms`)
      return {
        name: 'turn',
        figures: {
          ...size,
          seconds: result.seconds,
          peakResidentBytes: peak,
          steps: Object.fromEntries(Object.entries(result.steps).map(([id, step]) => [id, step.seconds])),
          counts: result.counts,
          apiMilliseconds: api,
        },
        baseline: { what: 'the raw engine scanning what the step reads, seconds', ...scans },
        ratio: Object.fromEntries(
          Object.entries(result.steps).map(([id, step]) => [
            id,
            Math.round((step.seconds / (scans[id] ?? Number.NaN)) * 10) / 10,
          ]),
        ),
      }
    } finally {
      await app.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  },
}
