import type { Progress } from '../../platform/app.ts'
import type { Facts } from '../../platform/stores/facts/index.ts'
import { type AlarmModel, findAlarms, learnAlarms } from './find-alarms.ts'
import type { Alarm, MeasureFigures } from './found.ts'
import type { CustomerMeasure } from './measure.ts'
import { readBehaviour } from './read-behaviour.ts'

export interface WatchInput {
  runId: number
  identityRun: number
  asOf: string
  /** Of the alarms run before this one, whose alarms may go on; 0: none. */
  before: number
  customers: number
  window: number
  rate: number
  measures: readonly CustomerMeasure[]
}

/** Customers looked at in one go: 125 thousand with 2.5 M lines take 150 MB. */
const SLICE = 125_000

/** Learns the thresholds from the first slice and holds them against all; writes one row for each alarm. */
export async function watchCustomers(facts: Facts, input: WatchInput, progress: Progress): Promise<MeasureFigures[]> {
  const { runId, identityRun, asOf, window } = input
  const slices = Math.max(1, Math.ceil(input.customers / SLICE))
  const day = Date.parse(`${asOf}T00:00:00Z`) / 86_400_000
  let model: AlarmModel | null = null
  const figures = new Map<CustomerMeasure, MeasureFigures>()
  for (let slice = 0; slice < slices; slice++) {
    progress(slice, slices)
    const behaviour = await readBehaviour(facts, { identityRun, asOf, window, slices, slice })
    model ??= learnAlarms(behaviour, { asOf: day, window, rate: input.rate, measures: input.measures })
    const found = findAlarms(model, behaviour)
    await writeAlarms(facts, runId, asOf, found.alarms)
    for (const own of found.figures) figures.set(own.measure, together(figures.get(own.measure), own))
  }
  await facts.exec(goesOn, { runId, before: input.before })
  progress(slices, slices)
  return [...figures.values()]
}

const together = (a: MeasureFigures | undefined, b: MeasureFigures): MeasureFigures =>
  a
    ? {
        ...b,
        watched: a.watched + b.watched,
        alarms: a.alarms + b.alarms,
        expectedFalse: a.expectedFalse + b.expectedFalse,
        problem: a.watched + b.watched === 0 ? 'nobody' : a.problem === 'nobody' ? b.problem : a.problem,
      }
    : b

async function writeAlarms(facts: Facts, runId: number, asOf: string, alarms: readonly Alarm[]): Promise<void> {
  if (alarms.length === 0) return
  const numbers = (of: (alarm: Alarm) => number) => Float64Array.from(alarms, of)
  await facts.insertColumns('alarms_found', {
    run_id: { type: 'UInt64', values: numbers(() => runId) },
    customer_id: { type: 'UInt64', values: numbers(alarm => alarm.customer) },
    measure: { type: 'LowCardinality(String)', values: alarms.map(alarm => alarm.measure) },
    as_of: { type: 'Date', values: alarms.map(() => asOf) },
    observed: { type: 'Float64', values: numbers(alarm => alarm.observed) },
    expected: { type: 'Float64', values: numbers(alarm => alarm.expected) },
    low: { type: 'Float64', values: numbers(alarm => alarm.low) },
    high: { type: 'Float64', values: numbers(alarm => alarm.high) },
    p: { type: 'Float64', values: numbers(alarm => alarm.p) },
    q: { type: 'Float64', values: numbers(alarm => alarm.q) },
    stake_minor: { type: 'Int64', values: numbers(alarm => Math.round(alarm.stakeMinor)) },
    about: { type: 'String', values: alarms.map(alarm => alarm.about) },
  })
}

/** With the date since which each has gone on without a break: that of the run before where it stood there, else this one's. */
const goesOn = `
INSERT INTO customer_alarms (run_id, customer_id, measure, as_of, since, observed, expected, low, high, p, q, stake_minor, about)
SELECT n.run_id, n.customer_id, n.measure, n.as_of, if(b.run_id = 0, n.as_of, b.since), n.observed, n.expected, n.low, n.high, n.p, n.q,
  n.stake_minor, n.about
FROM alarms_found AS n
LEFT JOIN (SELECT * FROM customer_alarms WHERE run_id = {before:UInt64}) AS b ON b.customer_id = n.customer_id AND b.measure = n.measure
WHERE n.run_id = {runId:UInt64}`
