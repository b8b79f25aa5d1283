import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as analyze from '../src/analyze/index.ts'
import { judgeCustomerModel } from '../src/analyze/verdicts/customer-model.ts'
import * as campaign from '../src/campaign/index.ts'
import { daysAfter } from '../src/campaign/learning/dates.ts'
import { fillWorld, segmentCode } from '../src/campaign/learning/invented-world.ts'
import { loopView } from '../src/campaign/learning/loop-view.ts'
import { responseView } from '../src/campaign/learning/response-view.ts'
import * as collect from '../src/collect/index.ts'
import * as optimize from '../src/optimize/index.ts'
import { learnCalibration } from '../src/optimize/shrinkage/learn.ts'
import { openTestApp } from '../src/platform/open-test-app.ts'
import { type Bench, type BenchResult, timed } from './bench.ts'
import { aaCampaigns, falseAccusations, power } from './learn/error-rates.ts'
import { longRuns } from './learn/long-runs.ts'
import { needsJudged } from './learn/needs-judged.ts'
import { promiseError } from './learn/promise-error.ts'
import { returnsHeld } from './learn/return-world.ts'
import { secondPlan } from './learn/second-plan.ts'

const LONG = { cells: 30, turns: 8 }

/**
 * All figures of the learning pages over `--contacts` (1,000,000) in `--turns` (12), 30 segments × 10 offers × 4 channels, beside the engine
 * grouping the same contacts and nothing else; then the error rates of the tests: `--campaigns` (2,000) A/A campaigns looked at daily,
 * `--worlds` (200) of which one segment answers otherwise, `--long` (200) companies over eight turns whose plans follow the answers and whose
 * customers are contacted again; promise against outcome over turns with what is learned and without (`--companies` 20); and whether the
 * interval of the return holds the truth (`--returns` 200). `--no-engine 1` leaves the first part out. `--plan 1000000`: only the step that plans
 * so many customers, the first time and again with what was learned.
 */
export const bench: Bench = {
  name: 'learn',
  summary: 'response against prediction, verdict, calibration and return; error rates of the daily test',
  async run({ number, say }): Promise<BenchResult> {
    const planned = number('plan', 0)
    if (planned > 0) {
      const { figures } = await secondPlan(planned, say)
      return {
        name: 'learn',
        figures,
        baseline: {
          what: 'the first plan, and the second with the same contacts and nothing learned',
          ...figures.first,
        },
        ratio: { 'second plan over first, CPU': 1 + figures.cpuOverFirst },
      }
    }
    const campaigns = number('campaigns', 2000)
    const worlds = number('worlds', 200)
    const engine = number('no-engine', 0) > 0 ? null : await figures(number('contacts', 1e6), number('turns', 12), say)
    const aa = aaCampaigns(campaigns)
    say(`${campaigns} A/A campaigns looked at daily: ${aa.alarms} false alarms; usual test ${aa.naive}`)
    const found = falseAccusations(worlds)
    say(`${worlds} worlds: found in three turns ${found.found}, another accused in ${found.others}`)
    const powers = power(number('power', 100))
    for (const row of powers)
      say(
        `odds × ${row.odds}: found ${row.found} of ${row.of}, day ${row.meanDay.toFixed(0)}; by one look at the end ${row.once}`,
      )
    const long = number('long', 200)
    const alike = {
      asSaid: longRuns(long, { ...LONG, alike: Number.POSITIVE_INFINITY }),
      unlike: longRuns(long, { ...LONG, alike: 1 }),
    }
    say(
      `${long} companies over eight turns: false alarms ${alike.asSaid}; where customers differ for good ${alike.unlike}`,
    )
    const needs = [1, 1.5, 2, 0.5].map(times => ({ times, ...needsJudged(number('needs', 100), times) }))
    for (const row of needs)
      say(
        `needs, one sells × ${row.times}: found ${row.found} of ${row.of}; another called right in ${row.right}, wrong in ${row.wrong}`,
      )
    const companies = number('companies', 20)
    const promise = { without: promiseError(companies, false), learned: promiseError(companies, true) }
    for (const [how, one] of Object.entries(promise))
      say(
        `promise against outcome, ${how}: acceptances × ${one.answers.toFixed(2)}, money × ${one.money.toFixed(2)}; net of the best ${one.net.toFixed(3)}`,
      )
    const returns = returnsHeld(number('returns', 200), { customers: 3000, turns: 4, effect: 100 })
    say(
      `return: interval holds the truth in ${returns.held} of ${returns.of}, off by ${(100 * returns.bias).toFixed(1)} %`,
    )
    return {
      name: 'learn',
      figures: {
        ...engine?.figures,
        aaCampaigns: campaigns,
        falseAlarms: aa.alarms,
        falseAlarmShare: aa.alarms / campaigns,
        worlds,
        foundWithinThreeTurns: found.found / worlds,
        otherAccused: found.others / worlds,
        power: powers,
        longRuns: long,
        longRunAlarms: alike.asSaid,
        longRunAlarmsUnlike: alike.unlike,
        needs,
        promise: promise.learned,
        returnHeld: returns.held / returns.of,
        returnBias: returns.bias,
      },
      baseline: {
        what: 'one GROUP BY of the same contacts by segment, offer and channel; the usual test at each look',
        ...engine?.baseline,
        usualTestFalseAlarmShare: aa.naive / campaigns,
        promiseWithout: promise.without,
      },
      ratio: { ...engine?.ratio, 'false alarms over usual test': aa.alarms / Math.max(1, aa.naive) },
    }
  },
}

async function figures(contacts: number, turns: number, say: (line: string) => void) {
  const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
  const app = await openTestApp(dataDir, [collect.stage, analyze.stage, optimize.stage, campaign.stage])
  const odd = { segment: 7, odds: 1.8, leavingOdds: 1 }
  try {
    await optimize.loadSample(app, join(import.meta.dirname, '../samples'), () => undefined)
    const each = Math.round(contacts / turns)
    const world = await timed(() =>
      fillWorld(app, {
        ...{ customers: each, contacts: each, turns, segments: 30, offers: 10 },
        ...{ channels: ['letter', 'email', 'sms', 'bill'], odd, seed: 7 },
      }),
    )
    say(`world of ${contacts} contacts made in ${world.seconds.toFixed(1)} s`)
    const raw = await timed(() =>
      app.facts.query(
        `SELECT m.offer, m.channel, s.segment, count(), sum(m.acceptance) FROM campaign_members AS m
         INNER JOIN segment_members AS s ON s.customer_id = m.customer_id
         WHERE m.arm = 'planned' AND s.run_id = (SELECT max(run_id) FROM segment_members) GROUP BY ALL`,
      ),
    )
    const response = await timed(() => responseView(app, { by: 'all' }))
    const verdict = await timed(() => judgeCustomerModel(app))
    const loop = await timed(() => loopView(app))
    const calibration = await timed(() => learnCalibration(app, daysAfter('2010-01-01', 30 * turns + 45)))
    const seconds = response.seconds + verdict.seconds + loop.seconds + calibration.seconds
    const accused = verdict.value.segments.filter(one => one.standing === 'not-held').map(one => one.segment)
    say(
      `response ${response.seconds.toFixed(1)} s (${response.value.cells.length} cells), verdict ${verdict.seconds.toFixed(1)} s (accused: ${accused.join(', ')}; truly other: ${segmentCode(odd.segment)}), loop ${loop.seconds.toFixed(1)} s, calibration ${calibration.seconds.toFixed(1)} s; raw ${raw.seconds.toFixed(2)} s`,
    )
    return {
      figures: {
        ...{ contacts: response.value.totals.contacted, turns, cells: response.value.cells.length },
        ...{ responseSeconds: response.seconds, verdictSeconds: verdict.seconds, loopSeconds: loop.seconds },
        ...{ calibrationSeconds: calibration.seconds, allSeconds: seconds, accused, truly: [segmentCode(odd.segment)] },
        peakMemoryMb: process.memoryUsage.rss() / 2 ** 20,
      },
      baseline: { rawSeconds: raw.seconds },
      ratio: { 'all figures over raw': seconds / raw.seconds },
    }
  } finally {
    await app.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
