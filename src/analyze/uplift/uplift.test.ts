import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { CommandInput } from '../../platform/app.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { sigmoid } from '../churn/logistic.ts'
import { featuresStep } from '../features/step.ts'
import { seededRandom } from '../math/random.ts'
import { readCustomers } from '../models/buyers.ts'
import { identityOf, openTestApp, runSteps } from '../test-company.ts'
import { upliftCommand } from './command.ts'
import { learnFromTrials } from './learn-from-trials.ts'
import { qiniCurve, upliftByDecile } from './qini.ts'
import { scoreUplift } from './score-uplift.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-uplift-'))
})
after(() => rm(folder, { recursive: true, force: true }))

/** A trial whose true effect is known: it moves those with a > 0 and harms those who are `loyal`. */
function trial(rows: number, seed: number, share = 0.5) {
  const random = seededRandom(seed)
  const lines: { a: number; loyal: boolean; treated: number; answered: number; effect: number }[] = []
  for (let i = 0; i < rows; i++) {
    const a = random.normal()
    const loyal = random.uniform() < 0.3
    const treated = random.uniform() < share ? 1 : 0
    const z = -1.4 + 0.4 * random.normal() + (loyal ? 1.2 : 0)
    const effect = (a > 0 ? 1.2 : 0) - (loyal ? 0.8 : 0)
    lines.push({ a, loyal, treated, answered: random.uniform() < sigmoid(z + treated * effect) ? 1 : 0, effect })
  }
  return lines
}

async function fileOf(name: string, rows: ReturnType<typeof trial>): Promise<string> {
  const text = rows.map(
    (row, i) =>
      `C${i},${row.a.toFixed(4)},${row.loyal ? 'yes' : 'no'},${row.treated ? 'Mail' : 'None'},${row.answered}`,
  )
  await writeFile(join(folder, name), `id,a,loyal,arm,answered\n${text.join('\n')}\n`)
  return join(folder, name)
}

const run = (file: string, options: CommandInput['options']) =>
  upliftCommand.run({ args: [file], options, progress: () => undefined, lang: 'en', cwd: folder })

test('finds whom a treatment moves, on the half it has not seen', async () => {
  const rows = trial(4_000, 11)
  const file = await fileOf('trial.csv', rows)
  const out = join(folder, 'scores.csv')
  const { json, text } = await run(file, { treatment: 'arm', outcome: 'answered', control: 'None', id: 'id', out })
  const said = json as {
    average: { uplift: number }
    top10: { uplift: number }
    qini: { value: number; low: number; high: number }
    deciles: { uplift: number }[]
    curve: { share: number; gain: number }[]
    heldOut: number
    warnings: unknown[]
  }
  assert.ok(Math.abs(said.heldOut - 2_000) <= 2)
  assert.ok(
    said.qini.low > 0 && said.qini.low < said.qini.value && said.qini.value < said.qini.high,
    JSON.stringify(said.qini),
  )
  assert.ok(said.top10.uplift > said.average.uplift + 0.05)
  assert.ok(said.deciles[0]!.uplift > said.deciles[9]!.uplift + 0.1)
  assert.match(text, /top tenth \+/)
  const scores = (await readFile(out, 'utf8'))
    .trimEnd()
    .split('\n')
    .slice(1)
    .map(line => line.split(','))
  assert.equal(scores.length, 4_000)
  // Scores against the truth, over the held-out rows.
  const mean = (test: (effect: number) => boolean) => {
    const own = scores.flatMap((cells, i) => (cells[4] === '1' && test(rows[i]!.effect) ? [Number(cells[1])] : []))
    return own.reduce((sum, v) => sum + v, 0) / own.length
  }
  assert.ok(mean(e => e > 1) > 0.15 && mean(e => e < 0) < 0.02, `${mean(e => e > 1)} ${mean(e => e < 0)}`)
})

test('Qini of a known order by hand', () => {
  // Best two: one treated who answered, one control who did not; then the other way round.
  const experiment = { treated: Uint8Array.of(1, 0, 1, 0), outcome: Uint8Array.of(1, 0, 0, 1) }
  const curve = qiniCurve(experiment, [4, 3, 2, 1])
  assert.equal(curve.points.at(10)!.gain, 0.5)
  assert.equal(curve.points.at(-1)!.gain, 0)
  assert.ok(curve.qini.value > 0)
  const [best] = upliftByDecile(
    { treated: Uint8Array.from({ length: 20 }, (_, i) => i % 2), outcome: new Uint8Array(20).fill(1) },
    Array.from({ length: 20 }, (_, i) => -i),
  )
  assert.deepEqual([best!.treated, best!.control, best!.uplift], [1, 1, 0])
})

const refused = (code: string, words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof HuiyinError, String(error))
  assert.equal(error.code, code)
  assert.match(error.messageIn('en'), words)
  return true
}

test('what cannot be learned from says why', async () => {
  const file = await fileOf('few.csv', trial(300, 3))
  const options = { treatment: 'arm', outcome: 'answered' }
  const cases: [CommandInput['options'], string, RegExp][] = [
    [{ outcome: 'answered' }, 'analyze.train-missing-option', /--treatment/],
    [{ ...options, treatment: 'nothing' }, 'analyze.train-no-column', /no column "nothing"/],
    [{ ...options, treatment: 'answered' }, 'analyze.uplift-same-column', /"answered"/],
    [{ ...options, treatment: 'id' }, 'analyze.uplift-arms', /C0, C1/],
    [{ ...options, control: 'Call' }, 'analyze.uplift-no-arm', /never "Call"/],
    [{ ...options, control: 'None' }, 'analyze.uplift-too-few', /at least 100/],
    [{ ...options, control: 'None', learner: 'magic' }, 'analyze.train-option', /--learner/],
    [{ ...options, control: 'None', heldOut: '2' }, 'analyze.train-option', /--held-out/],
  ]
  for (const [given, code, words] of cases) await assert.rejects(run(file, given), refused(code, words))
  const one = join(folder, 'one.csv')
  await writeFile(one, `a,arm,y\n${Array.from({ length: 60 }, (_, i) => `${i},x,${i % 2}`).join('\n')}\n`)
  await assert.rejects(run(one, { treatment: 'arm', outcome: 'y' }), refused('analyze.uplift-one-arm', /always "x"/))
})

test('a choice that was no trial is said to be none', async () => {
  const rows = trial(1_200, 5).map(row => ({ ...row, treated: row.a > 0.3 ? 1 : 0 }))
  const { text } = await run(await fileOf('chosen.csv', rows), {
    treatment: 'arm',
    outcome: 'answered',
    control: 'None',
    learner: 'two-model',
  })
  assert.match(text, /no random trial|tells who was treated/)
})

test('campaigns that held customers out at random are trials, once their time has passed', async () => {
  const app = await openTestApp()
  try {
    const rows = trial(1_200, 9)
    const customers = rows.map((_, i) => i + 1)
    const line = (customer: number, day: number) => ({
      ...{ customer, day, invoice: `${customer}-${day}`, product: 'P', category: 'C', amount: 1000, margin: 400 },
    })
    // How recently they bought tells whom the offer moves: as `a` does; all bought once before the campaign of day 200.
    const lines = rows.flatMap((row, i) => [
      line(i + 1, row.a > 0 ? 190 : 100),
      ...(row.answered ? [line(i + 1, 205)] : []),
    ])
    const turn = await app.runs.openTurn('2010-12-01')
    await runSteps(app, turn, [identityOf(lines, customers)])
    const identityRun = await app.runs.of(turn.id, 'identity')
    const asOf = new Date(Date.UTC(2010, 0, 201)).toISOString().slice(0, 10)
    await app.facts.insertColumns('events', {
      event_id: { type: 'String', values: customers.map(c => `arm:1:${c}`) },
      customer_id: { type: 'UInt64', values: customers },
      type: { type: 'LowCardinality(String)', values: rows.map(row => (row.treated ? 'assigned' : 'held-out')) },
      channel: { type: 'LowCardinality(String)', values: rows.map(() => 'email') },
      at: { type: "DateTime64(3, 'UTC')", values: rows.map(() => new Date(`${asOf}T00:00:00Z`)) },
      payload: {
        type: 'String',
        values: rows.map(() => JSON.stringify({ asOf, campaign: 1, horizonDays: 60, offer: 'X' })),
      },
    })
    const learned = (await learnFromTrials(app.facts, { identityRun, asOf: '2010-12-01' }, () => undefined))!
    assert.deepEqual(
      learned.trials.map(({ day, days, treated, control }) => [day, days, treated + control]),
      [[asOf, 60, 1_200]],
    )
    assert.ok(learned.average.uplift > 0)
    assert.ok(learned.deciles[0]!.uplift > learned.deciles[9]!.uplift)
    // A turn scores everybody with what was learned: those it moves above the others.
    await runSteps(app, turn, [featuresStep])
    const columns = await readCustomers(app.facts, await app.runs.of(turn.id, 'features'))
    const stored = {
      ...learned.model,
      curve: learned.curve,
      deciles: learned.deciles,
      trials: learned.trials,
      average: 0,
    }
    const { uplift } = scoreUplift({ versionId: 1, model: stored }, columns)
    assert.equal(uplift.length, 1_200)
    assert.ok(uplift.every(Number.isFinite))

    assert.equal(await learnFromTrials(app.facts, { identityRun, asOf: '2010-09-01' }, () => undefined), null)
  } finally {
    await app.close()
  }
})
