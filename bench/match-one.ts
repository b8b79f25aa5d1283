import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildGoldenRecords } from '../src/collect/identity/golden.ts'
import { dropLinkTable, resolveIdentities } from '../src/collect/identity/resolve.ts'
import { registerSource, stage, steps } from '../src/collect/index.ts'
import { lookupOf, type OneRecord, upsertRecords } from '../src/collect/lookup/index.ts'
import { mappingSchema } from '../src/collect/mapping.ts'
import type { App } from '../src/platform/app.ts'
import { readConfig } from '../src/platform/config.ts'
import { openApp } from '../src/platform/open-app.ts'
import { type Bench, percentile, timed } from './bench.ts'
import { generatePeople } from './match/people.ts'

const ASKED = `
SELECT kind, full_name, family_name, given_name, gender, birth_date, id_number, mobile, landline, email, province, city, district, street, postcode
FROM current_records WHERE run_id = {runId:UInt64} AND record_no % {every:UInt32} = 7 LIMIT {asked:UInt32}`

/**
 * Against `--records` (1,000,000) people: `--asked` (5,000) records, each of somebody known with one value missing, one question after the
 * other; then `--upserts` (20,000) new and changed records in batches of `--batch` (5,000), each told at once which customer it is.
 * Beside it stands the engine looking one record up by its exact telephone number.
 */
export const bench: Bench = {
  name: 'match-one',
  summary: 'one record matched against everyone, and records sent one batch after the other',
  async run({ number, say }) {
    const [records, asked, upserts, batch] = [
      number('records', 1e6),
      number('asked', 5000),
      number('upserts', 20_000),
      number('batch', 5000),
    ]
    const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
    const app = await openApp(readConfig(process.env, { data: join(dataDir, 'data') }, 2), [stage])
    try {
      await generatePeople(app.facts, records)
      const runId = await identify(app)
      const opened = await timed(() => lookupOf(app))
      const lookup = opened.value!
      say(`${records} records identified; index open in ${opened.seconds.toFixed(1)} s`)

      const questions = await app.facts.query<OneRecord>(ASKED, {
        runId,
        every: Math.max(8, Math.floor(records / asked)),
        asked,
      })
      const ms: number[] = []
      let found = 0
      for (const [i, one] of questions.entries()) {
        const drop = (['mobile', 'street', 'email', 'birth_date'] as const)[i % 4]!
        const started = performance.now()
        const { candidates } = await lookup.ask({ do: 'match', one: { ...one, [drop]: '' } })
        ms.push(performance.now() - started)
        if ((candidates[0]?.probability ?? 0) >= lookup.threshold) found++
      }
      say(
        `${questions.length} asked: p50 ${percentile(ms, 0.5).toFixed(2)}, p99 ${percentile(ms, 0.99).toFixed(2)} ms; ${found} recognised`,
      )

      const exact: number[] = []
      for (const { mobile = '' } of questions.slice(0, 200)) {
        const one = await timed(() =>
          app.facts.query(
            'SELECT customer_id FROM golden_records WHERE run_id = {runId:UInt64} AND mobile = {mobile:String} LIMIT 5',
            { runId, mobile },
          ),
        )
        exact.push(one.seconds * 1000)
      }

      await registerSource(app, sentMapping, join(dataDir, 'files'))
      const sent = await timed(async () => {
        let told = 0
        for (let from = 0; from < upserts; from += batch) {
          const rows = Array.from({ length: Math.min(batch, upserts - from) }, (_, k) => sentRow(from + k, questions))
          told += (await upsertRecords(app, 'sent', rows)).customers.length
        }
        return told
      })
      say(
        `${sent.value} records sent in ${sent.seconds.toFixed(1)} s: ${(sent.value / sent.seconds).toFixed(0)} a second`,
      )
      return {
        name: 'match-one',
        figures: {
          records,
          indexSeconds: opened.seconds,
          asked: questions.length,
          recognised: found / questions.length,
          msP50: percentile(ms, 0.5),
          msP99: percentile(ms, 0.99),
          upserts: sent.value,
          upsertsPerSecond: sent.value / sent.seconds,
          residentBytes: process.memoryUsage().rss,
        },
        baseline: {
          what: 'the engine finding a customer by an exact telephone number',
          msP50: percentile(exact, 0.5),
          msP99: percentile(exact, 0.99),
        },
        ratio: { 'p50 over an exact search': percentile(ms, 0.5) / percentile(exact, 0.5) },
      }
    } finally {
      await app.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  },
}

const SENT_FIELDS = ['row_key', 'full_name', 'birth_date', 'mobile', 'email', 'city', 'street', 'updated_at']
const sentMapping = mappingSchema.parse({
  source: 'sent',
  file: 'sent.jsonl',
  importer: 'jsonl',
  kind: 'people',
  trust: 0.6,
  columns: SENT_FIELDS.map(field => ({ header: field, field })),
})

/** Every other one is somebody known, the others are new. */
function sentRow(n: number, known: readonly OneRecord[]): Record<string, string> {
  const one = known[(n * 7) % known.length]!
  const own: Record<string, string> =
    n % 2 === 0
      ? {
          full_name: one.full_name ?? '',
          birth_date: one.birth_date ?? '',
          mobile: one.mobile ?? '',
          email: one.email ?? '',
        }
      : { full_name: `Newcomer ${n}`, mobile: `+86137${String(10_000_000 + n)}`, email: `n${n}@example.net` }
  return { row_key: `sent-${n}`, updated_at: '2010-11-01 08:00:00', city: one.city ?? '', street: '', ...own }
}

async function identify(app: App): Promise<number> {
  const step = steps.find(candidate => candidate.id === 'identity')
  if (!step) throw new Error('no step identity')
  const turn = await app.runs.openTurn('2010-12-01')
  const { runId } = await app.runs.begin(turn, step)
  const ctx = { app, turn, runId, runOf: () => runId, progress: () => undefined }
  const resolved = await resolveIdentities(ctx)
  await buildGoldenRecords(ctx, resolved.records)
  await dropLinkTable(app, runId)
  await app.runs.commit(runId, { ...resolved })
  await app.runs.closeTurn(turn)
  return runId
}
