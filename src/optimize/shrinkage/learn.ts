import { type PastTurn, pastTurns, type ResponseCell, withOutcomes } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import { type BelievedThen, believedThen } from './believed-then.ts'
import { type Calibration, calibrate, type PastCell } from './calibration.ts'
import { horizons } from './horizons.ts'
import { moneyCells } from './money-cells.ts'
import { cellKey, overTurns } from './over-turns.ts'
import { valueFactors } from './value-factors.ts'

/** Older answers than a year and a month tell little of today (as of the believed acceptance). */
const OLD_DAYS = 395

/** Assignments of the plans that campaigns carried out. Parameters: planRuns, planDays. */
const members = `
  SELECT toDate(transform(run_id, {planRuns:Array(UInt64)}, {planDays:Array(String)}, '1970-01-01')) AS as_of,
    customer_id, offer, channel, acceptance AS p
  FROM plan_assignments
  WHERE run_id IN {planRuns:Array(UInt64)}`

interface Carried extends PastTurn {
  plan: number
  believed: BelievedThen
}

/** A plan is carried out by the turn whose name stands at its approval; that turn's day is the campaign's. */
async function carriedOut(
  app: Pick<App, 'workflow' | 'runs'>,
  past: readonly PastTurn[],
  asOf: string,
): Promise<Carried[]> {
  const oldest = daysAfter(asOf, -OLD_DAYS)
  const turns = past.filter(turn => turn.asOf < asOf && turn.asOf >= oldest)
  if (turns.length === 0) return []
  const plans = await app.workflow.db
    .selectFrom('plan_approvals')
    .innerJoin('plans', 'plans.id', 'plan_approvals.plan_id')
    .select(['plans.run_id as run', 'plans.basis', 'plan_approvals.by_name as by'])
    .where('plan_approvals.state', '=', 'used')
    .where(
      'plan_approvals.by_name',
      'in',
      turns.map(one => `turn ${one.turn}`),
    )
    .orderBy('plan_approvals.id')
    .execute()
  return turns.flatMap(turn => {
    const plan = plans.findLast(one => one.by === `turn ${turn.turn}`)
    return plan ? [{ ...turn, plan: plan.run, believed: believedThen(plan.basis, turn.asOf) }] : []
  })
}

interface Heard {
  /** By turn. */
  cells: (PastCell & { asOf: string })[]
  turns: string[]
  unheard: string[]
}

/** What plans promised by turn, segment, offer and channel, and what came of those whose time to answer was over by then. */
async function heardOf(
  app: Pick<App, 'facts' | 'workflow' | 'runs'>,
  carried: readonly Carried[],
  asOf: string,
): Promise<Heard> {
  const ask = {
    members,
    params: { planRuns: carried.map(turn => turn.plan), planDays: carried.map(turn => turn.asOf) },
    turns: carried,
    today: asOf,
  }
  const { heard, cells } = await withOutcomes(app, ask, async outcomes => ({
    heard: outcomes.heard,
    cells: await outcomes.cells(['turn', 'segment', 'offer', 'channel']),
  }))
  return {
    turns: heard.turns.filter(turn => turn.ripe > 0).map(turn => turn.asOf),
    unheard: heard.unheard,
    cells: cells.flatMap(cell => {
      const then = carried.find(one => one.asOf === cell.turn)?.believed
      const at = then?.(cell.segment, cell.offer, cell.channel)
      return at && cell.ripe.trials > 0 ? [pastCell(cell, at)] : []
    }),
  }
}

function pastCell({ turn, segment, offer, channel, ripe }: ResponseCell, then: { acceptance: number; prior: number }) {
  return {
    ...{ asOf: turn, segment, offer, channel, contacts: ripe.trials, expected: ripe.expected, taken: ripe.taken },
    ...{ exposure: ripe.expected / then.acceptance, prior: then.prior },
  }
}

/** All that the promises of plans before a day taught by then; null: too little has come back. */
export async function learnCalibration(
  app: Pick<App, 'facts' | 'workflow' | 'runs'>,
  asOf: string,
): Promise<Calibration | null> {
  const past = await pastTurns(app)
  const carried = await carriedOut(app, past, asOf)
  const { cells, turns, unheard } = await heardOf(app, carried, asOf)
  const learned = calibrate(overTurns(cells), turns)
  // The turn that plans has its customers and purchases already.
  const known = past.findLast(turn => turn.asOf <= asOf)
  if (!learned || !known) return null
  const values = await learnValues(app, { carried, cells, learned, turns, unheard, known })
  return values ? { ...learned, values } : learned
}

interface Learned extends Heard {
  carried: readonly Carried[]
  learned: Calibration
  /** The newest turn there is by then: purchases are known up to its day. */
  known: PastTurn
}

/** Money of the plans whose time to bring it is over; acceptance that was promised too high is not held against the money once more. */
async function learnValues(
  app: Pick<App, 'facts' | 'workflow' | 'runs'>,
  { carried, cells, learned, turns, unheard, known }: Learned,
): Promise<Calibration['values'] | null> {
  const heard = carried.filter(one => turns.includes(one.asOf))
  const days = await horizons(
    app,
    heard.map(one => one.asOf),
  )
  const over = heard.flatMap(one => {
    const end = daysAfter(one.asOf, days.get(one.asOf) ?? Number.POSITIVE_INFINITY)
    return end <= known.asOf ? [{ ...one, end }] : []
  })
  if (over.length === 0) return null
  const now = new Map(learned.cells.map(cell => [cellKey(cell), cell.mean]))
  const came = new Map(
    [...Map.groupBy(cells, cell => `${cell.asOf}/${cell.segment}/${cell.offer}`)].map(([key, its]) => [
      key,
      its.reduce((sum, cell) => sum + cell.exposure * cell.prior * (now.get(cellKey(cell)) ?? 1), 0) /
        its.reduce((sum, cell) => sum + cell.expected, 0),
    ]),
  )
  const { cells: money, bySegment } = await moneyCells(app, over, {
    ...{ identity: known.identity, unheard },
    benefits: new Map(over.flatMap(one => [...one.believed.benefits])),
    corrected: (day, offer, segment) => {
      const then = over.find(one => one.asOf === day)!.believed
      return (came.get(`${day}/${segment}/${offer}`) ?? 1) / then.worth(segment, offer)
    },
  })
  return valueFactors(money, bySegment)
}

/** Plans take what they learned into account unless people say otherwise. */
export async function usesCalibration(app: Pick<App, 'workflow'>): Promise<boolean> {
  const row = await app.workflow.db.selectFrom('plan_settings').select('calibration').executeTakeFirst()
  return row?.calibration ?? true
}

export async function setCalibration(app: Pick<App, 'workflow'>, calibration: boolean): Promise<void> {
  await app.workflow.db
    .insertInto('plan_settings')
    .values({ id: 1, approval: 'automatic', calibration })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ calibration }))
    .execute()
}

function daysAfter(day: string, days: number): string {
  return Number.isFinite(days)
    ? new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
    : '9999-12-31'
}
