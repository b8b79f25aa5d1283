import type { App } from '../../../platform/app.ts'
import { HuiyinError } from '../../../platform/errors.ts'
import { dropRun } from '../../../platform/stores/facts/index.ts'
import type { Text } from '../../../platform/text.ts'
import { runsOfTurn } from '../../runs-of-turn.ts'
import { compileSegments } from '../compile.ts'
import { askedOf, customersSql, type LookRuns } from '../look/from-sql.ts'
import { catalogueOf } from '../rule-catalogue.ts'
import type { SegmentSet } from '../segment-set.ts'
import { periodsInYear } from '../service.ts'
import { segmentSettings } from '../settings.ts'
import { segmentTrialMembers } from '../tables.ts'
import { type Capacity, minutesAMonth } from './capacity.ts'
import { changeAgainstNow, flowsBetween, flowsOverall, sizes, worth } from './flows-sql.ts'
import { historyAt, monthsBefore, runOutsideTurns } from './history.ts'
import { type DatedFlow, periodsOf, staysOf } from './stability.ts'
import type { Flow, TrialResult, TrialSegment } from './trial-result.ts'

/** Beside these numbers a date is only a date: 0 … 1. */
type Report = (share: number, note: string) => void

/**
 * What a draft would do: to the customers of the newest turn, against the segments that hold; and over the past twelve months in
 * steps, with the features and scores each date would have had.
 */
export async function runTrial(
  app: App,
  { set, stepMonths }: { set: SegmentSet; stepMonths: number },
  report: Report,
): Promise<TrialResult> {
  const turn = await runsOfTurn(app)
  const trialRun = await runOutsideTurns(app)
  const back = Array.from({ length: 12 / stepMonths }, (_, k) => monthsBefore(turn.asOf, 12 - k * stepMonths))
  const skipped: TrialResult['skipped'] = []
  try {
    for (const [k, asOf] of back.entries()) {
      const why = await whyNot(app, turn.identity, asOf)
      if (why) {
        skipped.push({ asOf, why })
        continue
      }
      const runs = await historyAt(app, { asOf, identityRun: turn.identity }, (done, total) =>
        report((k + done / Math.max(1, total)) / (back.length + 1), asOf),
      ).catch((error: unknown) => {
        if (!(error instanceof HuiyinError)) throw error
        skipped.push({ asOf, why: { en: error.messageIn('en'), zh: error.messageIn('zh-CN') } })
        return null
      })
      if (runs) await place(app, set, { trialRun, asOf, runs })
      report((k + 1) / (back.length + 1), asOf)
    }
    await place(app, set, { trialRun, asOf: turn.asOf, runs: turn })
    const result = await figures(app, set, { trialRun, turn, skipped })
    report(1, turn.asOf)
    return result
  } finally {
    await dropRun(app.facts, segmentTrialMembers, trialRun)
  }
}

/** Nothing can be said of a date before which nobody bought. */
async function whyNot(app: App, identityRun: number, asOf: string): Promise<Text | null> {
  const { any } = await app.facts.one<{ any: number }>(
    `SELECT count() > 0 AS any FROM (
       SELECT 1 FROM purchases WHERE run_id = {identityRun:UInt64} AND sold_at < toDateTime({asOf:Date}, 'UTC') LIMIT 1)`,
    { identityRun, asOf },
  )
  return any ? null : { en: 'nobody had bought anything yet', zh: '当时尚无任何购买' }
}

async function place(
  app: App,
  { segments }: SegmentSet,
  { trialRun, asOf, runs }: { trialRun: number; asOf: string; runs: LookRuns },
): Promise<void> {
  const { features } = await catalogueOf(app)
  const { segment, params } = compileSegments(segments, id => features.get(id)!)
  await app.facts.exec(
    `INSERT INTO segment_trial_members (run_id, customer_id, as_of, segment)
     SELECT {trialRun:UInt64}, f.customer_id, {asOf:Date}, ${segment}
     ${customersSql(askedOf(segments.map(s => s.rule)), features)}`,
    { ...params, trialRun, asOf, featuresRun: runs.features, modelsRun: runs.models, every: 1 },
  )
}

interface Worth {
  code: string
  valueMinor: number
  valueTotalMinor: number
  revenueMinor: number
  churn: number
}

async function figures(
  app: App,
  set: SegmentSet,
  {
    trialRun,
    turn,
    skipped,
  }: { trialRun: number; turn: Awaited<ReturnType<typeof runsOfTurn>>; skipped: TrialResult['skipped'] },
): Promise<TrialResult> {
  const runId = trialRun
  const newest = { runId, asOf: turn.asOf }
  const [flows, overTheYear, counted, change, worths, now, { capacity }] = await Promise.all([
    app.facts.query<DatedFlow>(flowsBetween, { runId }),
    app.facts.query<Flow>(flowsOverall, { runId }),
    app.facts.query<{ asOf: string; code: string; customers: number }>(sizes, { runId }),
    app.facts.query<Flow>(changeAgainstNow, { ...newest, segmentsRun: turn.segments }),
    app.facts.query<Worth>(worth, { ...newest, featuresRun: turn.features, modelsRun: turn.models }),
    app.workflow.db
      .selectFrom('segment_runs')
      .select('segments')
      .where('run_id', '=', turn.segments)
      .executeTakeFirst(),
    segmentSettings(app),
  ])
  const dates = [...Map.groupBy(counted, row => row.asOf)].map(([asOf, rows]) => ({
    asOf,
    sizes: Object.fromEntries(rows.map(row => [row.code, row.customers])),
  }))
  const last = dates.at(-1)?.sizes ?? {}
  const segments = set.segments.map(({ code, name, service }): TrialSegment => {
    const own = worths.find(row => row.code === code)
    const customers = last[code] ?? 0
    const perMonth = service ? periodsInYear[service.per] / 12 : 0
    const calls = customers * (service?.calls ?? 0) * perMonth
    const minutes = calls * (service?.minutes ?? 0)
    return {
      code,
      name,
      customers,
      before: now?.segments.find(used => used.code === code)?.customers ?? 0,
      valueMinor: own?.valueMinor ?? 0,
      valueTotalMinor: own?.valueTotalMinor ?? 0,
      revenueMinor: own?.revenueMinor ?? 0,
      churn: own?.churn ?? 0,
      ...staysOf(flows, code),
      calls,
      minutes,
      agents: agentsFor(minutes, capacity),
      offers: customers * (service?.offers ?? 0) * perMonth,
    }
  })
  const minutesNeeded = segments.reduce((total, { minutes }) => total + minutes, 0)
  const offersNeeded = segments.reduce((total, { offers }) => total + offers, 0)
  const minutesHad = minutesAMonth(capacity)
  return {
    asOf: turn.asOf,
    customers: Object.values(last).reduce((total, n) => total + n, 0),
    dates,
    skipped,
    segments,
    change,
    overTheYear,
    periods: periodsOf(flows),
    capacity: {
      team: capacity,
      minutesHad,
      minutesNeeded,
      agentsNeeded: agentsFor(minutesNeeded, capacity),
      offersNeeded,
      fits: minutesNeeded <= minutesHad && (capacity.offersAMonth === null || offersNeeded <= capacity.offersAMonth),
    },
  }
}

const agentsFor = (minutes: number, capacity: Capacity): number => minutes / minutesAMonth({ ...capacity, agents: 1 })
