import { join } from 'node:path'
import { sql } from 'kysely'
import * as analyze from '../analyze/index.ts'
import * as campaign from '../campaign/index.ts'
import * as collect from '../collect/index.ts'
import * as optimize from '../optimize/index.ts'
import * as personalize from '../personalize/index.ts'
import type { App, StepId } from '../platform/app.ts'
import type { OpenApp } from '../platform/open-app.ts'
import { openTestApp } from '../platform/open-test-app.ts'
import type { Figures } from '../platform/runs.ts'
import * as interact from './index.ts'

/** For tests: the last two steps of a turn on invented customers, with what they read made in the engine by hashes of ids. */

export const inventedRuns: Partial<Record<StepId, number>> = {
  identity: 1_000_001,
  campaign: 1_000_002,
  plan: 1_000_003,
}
const samples = join(import.meta.dirname, '../../samples')

export async function openInvented(dataDir: string): Promise<OpenApp> {
  const app = await openTestApp(
    dataDir,
    [collect, analyze, optimize, campaign, personalize, interact].map(part => part.stage),
    { threads: 2 },
  )
  await app.jobs.work([...personalize.stage.jobs, ...interact.stage.jobs], { workflow: app.workflow, app })
  return app
}

export async function inventTurn(app: App, customers: number, asOf: string): Promise<void> {
  await optimize.loadSample(app, samples, () => undefined)
  await personalize.loadSample(app, samples, () => undefined)
  await earlierRuns(app)
  const params = { n: customers, asOf, identity: inventedRuns.identity!, campaign: inventedRuns.campaign! }
  const pick = (salt: number, of: number) => `sipHash64(${salt}, number) % ${of}`
  for (const sql of [
    `INSERT INTO import_commits (import_id, source, file, file_sha256, committed_at) VALUES (1, 'catalogue', 'x', repeat('0', 64), now64(3))`,
    `INSERT INTO products (product_code, import_id, name_en, name_zh) SELECT concat('P', toString(number)), 1, concat('Article ', toString(number)), concat('商品', toString(number)) FROM numbers(100)`,
    // One in eleven has no street, one in seven reads English, one in a hundred has a name the fonts cannot write.
    `INSERT INTO golden_records (run_id, customer_id, kind, name, family_name, name_pinyin, gender, email, mobile, country, province, city, district, street, postcode, language, accounts)
     SELECT {identity:UInt64}, number + 1, 'person',
       if(${pick(1, 100)} = 0, concat('张', '😀'), concat('王', substringUTF8('伟芳娜敏静丽强磊洋艳', 1 + ${pick(2, 10)}, 1))), '王', 'wang wei', if(${pick(3, 2)} = 0, 'm', 'f'),
       concat('c', toString(number + 1), '@mail.example'), concat('+86138', leftPad(toString(number + 1), 8, '0')), 'CN', '浙江省', '杭州市', '西湖区',
       if(${pick(4, 11)} = 0, '', concat('文三路 ', toString(number + 1), ' 号')), '310012', if(${pick(5, 7)} = 0, 'en', 'zh-CN'), [toString(10000 + number)]
     FROM numbers({n:UInt64})`,
    `INSERT INTO customer_consents (run_id, customer_id, channel, granted, at, source)
     SELECT {identity:UInt64}, number + 1, channel, toUInt8(sipHash64(channel, number, 6) % 10 > 0), toDateTime('2010-11-01', 'UTC'), 'crm'
     FROM numbers({n:UInt64}) ARRAY JOIN ['letter', 'email', 'sms', 'call'] AS channel`,
    `INSERT INTO purchases (run_id, customer_id, sold_at, invoice, line, product_code, category, quantity, amount_minor, margin_minor, is_return, is_service)
     SELECT {identity:UInt64}, number + 1, toDateTime({asOf:Date} - day, 'UTC'), concat(toString(number), '-', toString(day)), line, concat('P', toString(sipHash64(number, day, line) % 100)), 'LIGHTING',
       line, toInt64(sipHash64(number, day, line, 9) % 20000) + 100, 100, 0, 0
     FROM numbers({n:UInt64}) ARRAY JOIN [5, 17, 40, 200, -20] AS day ARRAY JOIN [1, 2, 3] AS line
     WHERE sipHash64(day, number, 7) % 2 = 0`,
    `INSERT INTO campaign_members (run_id, campaign_id, customer_id, arm, wave, offer, channel, product_code, acceptance, value_minor, cost_minor)
     SELECT {campaign:UInt64}, 1, number + 1, if(${pick(10, 10)} = 0, 'control', 'planned'), 1, 'COME-BACK',
       ['letter', 'email', 'email', 'sms', 'sms', 'call', 'bill', 'email'][1 + ${pick(8, 8)}], concat('P', toString(number % 100)), 0.05, toFloat64(${pick(11, 5000)}), 10
     FROM numbers({n:UInt64})`,
  ])
    await app.facts.exec(sql, params)
}

/** The runs that the invented rows carry, as committed ones of a turn before. */
async function earlierRuns(app: App): Promise<void> {
  const turn = await app.runs.openTurn('2010-11-01')
  await app.runs.closeTurn(turn)
  for (const [step, runId] of Object.entries(inventedRuns))
    await sql`INSERT INTO runs (id, turn_id, step, state, finished_at) OVERRIDING SYSTEM VALUE
      VALUES (${runId}, ${turn.id}, ${step}, 'committed', now())`.execute(app.workflow.db)
}

/** Compose, then deliver, as the loop runs them. */
export async function runInvented(
  app: App,
  asOf: string,
): Promise<{ compose: Figures; deliver: Figures; turnId: number; runs: Record<string, number> }> {
  const turn = await app.runs.openTurn(asOf)
  const figures: Record<string, Figures> = {}
  const runs: Record<string, number> = {}
  for (const step of [...personalize.steps, ...interact.steps]) {
    const run = await app.runs.begin(turn, step)
    runs[step.id] = run.runId
    figures[step.id] = run.committed
      ? run.figures
      : await step.run({
          app,
          turn,
          runId: run.runId,
          runOf: id => inventedRuns[id] ?? runs[id]!,
          progress: () => undefined,
        })
    if (!run.committed) await app.runs.commit(run.runId, figures[step.id]!)
  }
  await app.runs.closeTurn(turn)
  return { compose: figures['compose']!, deliver: figures['deliver']!, turnId: turn.id, runs }
}
