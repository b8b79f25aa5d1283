import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { voicesBehind } from '../src/interact/themes/behind.ts'
import { addDays, dayOf } from '../src/interact/themes/periods.ts'
import { themesOf } from '../src/interact/themes/themes.ts'
import { stages } from '../src/loop.ts'
import type { OpenApp } from '../src/platform/open-app.ts'
import { openTestApp } from '../src/platform/open-test-app.ts'
import { type Bench, timed } from './bench.ts'
import { watchResident } from './turn/resident.ts'
import { cpuSeconds } from './value/cpu-seconds.ts'

/**
 * The page of themes over `--voices` (1,000,000) cases and questions of `--customers` (1,000,000) in half a year, two of three about one of
 * two bills each customer got; what is planted rises in the last four weeks: disputes of one line of a new version of the bill. Beside it the
 * stores counting the same voices and documents and nothing else.
 */
export const bench: Bench = {
  name: 'themes',
  summary: 'themes over time of a million texts: all dimensions and words, one dimension, the cases behind one',
  async run({ number, say }) {
    const size = { voices: number('voices', 1e6), customers: number('customers', 1e6) }
    const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
    const app = await openTestApp(dataDir, stages)
    try {
      const today = dayOf(Date.now())
      const made = await timed(() => makeWorld(app, size, today))
      say(
        `${size.voices} voices of ${size.customers} customers made in ${made.seconds.toFixed(0)} s (not part of the figures)`,
      )
      const raw = await timed(async () => {
        await sql`SELECT kind, count(*), count(DISTINCT customer_id) FROM cases GROUP BY kind`.execute(app.workflow.db)
        await app.facts.query('SELECT template_version, count() FROM communications GROUP BY template_version')
      })
      const measured = async <T>(what: string, work: () => Promise<T>) => {
        const resident = watchResident(100)
        const cpu = cpuSeconds()
        const { seconds, value } = await timed(work)
        const figures = { seconds, cpu: cpuSeconds() - cpu, residentMB: Math.round(resident.stop() / 2 ** 20) }
        say(`${what}: ${seconds.toFixed(1)} s, ${figures.cpu.toFixed(1)} CPU s, ${figures.residentMB} MB`)
        return { figures, value }
      }
      const before = Math.round(process.memoryUsage().rss / 2 ** 20)
      const changes = await measured('what changed, in all dimensions and words', () =>
        themesOf(app, { by: 'week', view: 'changes' }, today),
      )
      const rising = changes.value.rows
        .filter(row => row.verdict === 'rising')
        .map(row => `${row.dimension} ${row.key}`)
      say(`rising: ${rising.join(', ')}`)
      const again = await measured('one dimension right after', () =>
        themesOf(app, { by: 'week', view: 'line' }, today),
      )
      const behind = await measured('the cases behind one of them', () =>
        voicesBehind(
          app,
          { by: 'week', dimension: 'line', key: '运费', offset: 0, limit: 20 },
          { roles: ['segment-manager'] },
        ),
      )
      return {
        name: 'themes',
        figures: {
          ...size,
          nodeMBBefore: before,
          changes: changes.figures,
          oneDimension: again.figures,
          behind: { ...behind.figures, total: behind.value.total },
          textsRead: changes.value.read?.texts ?? 0,
          rising,
        },
        baseline: {
          what: 'voices by kind and customer, documents by version, counted in their stores',
          seconds: raw.seconds,
        },
        ratio: { 'what changed over counting': changes.figures.seconds / raw.seconds },
      }
    } finally {
      await app.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  },
}

const PER_INSERT = 50_000

/** Two bills of each customer, six and two weeks old, the newer by a new version; cases spread over half a year. */
async function makeWorld(app: OpenApp, { voices, customers }: { voices: number; customers: number }, today: string) {
  for (const [version, back] of [
    [1, 42],
    [2, 14],
  ] as const)
    await app.facts.exec(
      `INSERT INTO communications (run_id, communication_id, customer_id, kind, class, channel, template, template_version, state, data, composed_at)
       SELECT 70 + {version:UInt32}, leftPad(lower(hex(number + 1)), 31, '0') || toString({version:UInt32}), number + 1, 'bill', 'service', 'print', 'bill',
         {version:UInt32}, 'composed', concat('{"lines":"', repeat(hex(sipHash64(number)), 20), '"}'), toDateTime64({day:String}, 3, 'UTC') FROM numbers({customers:UInt64})`,
      { version, customers, day: `${addDays(today, -back)} 08:00:00` },
    )
  await app.facts.exec(
    'INSERT INTO communication_places (communication_id, run_id, customer_id) SELECT communication_id, run_id, customer_id FROM communications',
  )
  for (let from = 0; from < voices; from += PER_INSERT)
    await sql`
      INSERT INTO cases (customer_id, kind, category, title, words, language, communication_id, line, product_code, source, state, level, opened_at,
        due_at, resolution, told_how, updated_at)
      SELECT customer, kind, category, '', words, 'zh-CN', CASE WHEN n % 3 = 0 THEN '' ELSE lpad(to_hex(customer), 31, '0') || version END,
        CASE WHEN kind = 'dispute' THEN '2026-01-0' || 1 + n % 9 || ' · ' || 5000 + n || ' · ' || line || ' · ' || n % 90 || '.50 CNY' ELSE '' END,
        CASE WHEN n % 5 = 0 THEN 'P' || n % 500 ELSE '' END, 'portal', 'open', 0, at, at, '', '', at
      FROM (
        SELECT n, 1 + (n::int8 * 7919) % ${customers}::int8 AS customer, (ARRAY['complaint', 'request', 'dispute'])[1 + n % 3] AS kind,
          (ARRAY['service', 'copy', 'bill-line'])[1 + n % 3] AS category, now() - (back || ' days')::interval AS at,
          CASE WHEN back < 14 THEN 2 ELSE 1 END AS version,
          CASE WHEN back < 28 AND n % 2 = 0 THEN '运费' ELSE (ARRAY['商品', '手续费', '税', '运费'])[1 + n / 3 % 4] END AS line,
          (ARRAY['发票金额不对，请更正', '快递太慢了，还没有收到', '客服态度很差', '退款一直没到账', 'the invoice amount is wrong', 'delivery took far too long',
            'the box was damaged when it came'])[1 + n / 3 % 7] || ' ' || (ARRAY['上个月', '订单', '网站', '门店', 'order', 'website', 'gift'])[1 + n / 7 % 7]
            || CASE WHEN n % 4 = 0 THEN ' A-' || n % 100000 ELSE '' END AS words
        FROM (SELECT n, (n::int8 * 104729 % 182)::int AS back FROM generate_series(${from + 1}::int, ${Math.min(voices, from + PER_INSERT)}::int) AS n) AS numbers
      ) AS told`.execute(app.workflow.db)
}
