import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { segmentNames } from '../segment-names.ts'
import type { AlarmKey, AlarmList, AlarmRow, alarmState, GroupAlarmList } from './api.ts'
import { alarmErrors } from './errors.ts'
import { type CustomerMeasure, customerMeasures, type GroupMeasure, measureMeanings, measureNames } from './measure.ts'
import { settingsOf } from './settings.ts'
import { statesOf, verdicts } from './states.ts'

export interface AlarmQuery {
  measure?: CustomerMeasure | undefined
  segment?: string | undefined
  customer?: number | undefined
  state?: z.infer<typeof alarmState> | 'open' | undefined
  order: 'stake' | 'surprise' | 'since'
  offset: number
  limit: number
}

const CURRENCY = 'GBP'

interface Stored {
  customerId: number
  measure: CustomerMeasure
  since: string
  observed: number
  expected: number
  low: number
  high: number | null
  p: number
  q: number
  stakeMinor: number
  about: string
  segment: string
}

export async function alarmRun(app: App) {
  const runId = await app.runs.latest('alarms')
  const run =
    runId === null
      ? undefined
      : await app.workflow.db.selectFrom('alarm_runs').selectAll().where('run_id', '=', runId).executeTakeFirst()
  if (!run) throw alarmErrors['analyze.no-alarms-yet']()
  return run
}

export const units: Record<CustomerMeasure, AlarmRow['unit']> = {
  silence: 'days',
  drop: 'money',
  rise: 'money',
  category: 'days',
  returns: 'lines',
  complaints: 'times',
}

/** Every alarm of a run is read: a rate of a per cent leaves few even of a million customers. */
const MOST_ALARMS = 200_000

export async function alarmList(app: App, query: AlarmQuery): Promise<AlarmList> {
  const [run, { segments }] = await Promise.all([alarmRun(app), runsOfTurn(app)])
  const stored = await app.facts.query<Stored>(
    `SELECT a.customer_id AS customerId, a.measure AS measure, a.since AS since, a.observed AS observed, a.expected AS expected, a.low AS low,
       if(isFinite(a.high), a.high, NULL) AS high, a.p AS p, a.q AS q, a.stake_minor AS stakeMinor, a.about AS about, m.segment AS segment
     FROM customer_alarms AS a
     LEFT JOIN (SELECT customer_id, segment FROM segment_members WHERE run_id = {segments:UInt64}) AS m ON m.customer_id = a.customer_id
     WHERE a.run_id = {run:UInt64} ${query.measure ? 'AND a.measure = {measure:String}' : ''}
       ${query.customer === undefined ? '' : 'AND a.customer_id = {customer:UInt64}'} ${query.segment ? 'AND m.segment = {segment:String}' : ''}
     ORDER BY ${orders[query.order]} LIMIT ${MOST_ALARMS}`,
    {
      run: Number(run.run_id),
      segments,
      ...(query.measure ? { measure: query.measure } : {}),
      ...(query.customer === undefined ? {} : { customer: query.customer }),
      ...(query.segment ? { segment: query.segment } : {}),
    },
  )
  const keys = stored.map(keyOfRow)
  const [stateOf, judged, settings] = await Promise.all([statesOf(app, keys), verdicts(app), settingsOf(app)])
  const all = stored.map((row, i) => ({ ...row, ...stateOf(keys[i]!) }))
  const counts: Record<string, number> = { new: 0, seen: 0, task: 0, dismissed: 0 }
  for (const { state } of all) counts[state] = (counts[state] ?? 0) + 1
  const wanted = all.filter(({ state }) =>
    query.state === undefined
      ? true
      : query.state === 'open'
        ? state === 'new' || state === 'seen'
        : state === query.state,
  )
  const page = wanted.slice(query.offset, query.offset + query.limit)
  const names = await namesOf(
    app,
    page.map(row => row.customerId),
  )
  return {
    asOf: run.as_of,
    currency: CURRENCY,
    total: wanted.length,
    counts,
    measures: customerMeasures.flatMap(measure => {
      const figure = run.figures.find(found => found.measure === measure)
      return figure
        ? [
            {
              ...figure,
              name: measureNames[measure],
              meaning: measureMeanings[measure],
              judged: judged.get(measure)?.judged ?? 0,
              normal: judged.get(measure)?.normal ?? 0,
            },
          ]
        : []
    }),
    settings,
    rows: page.map(row => ({
      ...row,
      subject: String(row.customerId),
      name: names.get(row.customerId) ?? '',
      measureName: measureNames[row.measure],
      unit: units[row.measure],
      severity: severityOf(row),
    })),
  }
}

const orders = {
  stake: 'a.stake_minor DESC, a.p, a.customer_id, a.measure',
  surprise: 'a.p, a.stake_minor DESC, a.customer_id, a.measure',
  since: 'a.since DESC, a.stake_minor DESC, a.customer_id, a.measure',
} as const

const keyOfRow = ({ customerId, measure, since }: Pick<Stored, 'customerId' | 'measure' | 'since'>): AlarmKey => ({
  subject: String(customerId),
  measure,
  since,
})

/** By how sure it is: of ten alarms of a kind with q = .2, two are chance. */
const severityOf = ({ q }: Pick<Stored, 'q'>): AlarmRow['severity'] => (q <= 0.2 ? 'high' : q <= 0.5 ? 'medium' : 'low')

async function namesOf(app: App, ids: readonly number[]): Promise<Map<number, string>> {
  const identity = await app.runs.latest('identity')
  if (identity === null || ids.length === 0) return new Map()
  const rows = await app.facts.query<{ id: number; name: string }>(
    'SELECT customer_id AS id, name FROM golden_records WHERE run_id = {identity:UInt64} AND customer_id IN {ids:Array(UInt64)}',
    { identity, ids: [...new Set(ids)] },
  )
  return new Map(rows.map(row => [row.id, row.name]))
}

const groupUnits: Record<GroupMeasure, 'money' | 'days' | 'share' | 'times'> = {
  revenue: 'money',
  purchases: 'days',
  returned: 'money',
  churn: 'times',
  response: 'times',
}

/** Segments and all customers: those in alarm first, then by how surprising they are. */
export async function groupAlarms(app: App): Promise<GroupAlarmList> {
  const run = await alarmRun(app)
  const names = await segmentNames(app)
  const subject = (group: string) => `segment:${group}`
  const stateOf = await statesOf(
    app,
    run.groups.flatMap(({ group, measure, since }) => (since ? [{ subject: subject(group), measure, since }] : [])),
  )
  const rows = run.groups.map(figure => ({
    ...figure,
    subject: subject(figure.group),
    groupName:
      figure.group === ''
        ? { en: 'All customers', zh: '全部客户' }
        : (names.get(figure.group) ?? { en: figure.group, zh: figure.group }),
    measureName: measureNames[figure.measure],
    unit: figure.group === '' && figure.measure === 'returned' ? ('share' as const) : groupUnits[figure.measure],
    ...(figure.since
      ? stateOf({ subject: subject(figure.group), measure: figure.measure, since: figure.since })
      : { state: 'new' as const, reason: null, note: '' }),
  }))
  return {
    asOf: run.as_of,
    currency: CURRENCY,
    rows: rows.sort((a, b) => Number(b.alarm) - Number(a.alarm) || a.p - b.p),
  }
}
