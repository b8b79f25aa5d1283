import type { App } from '../../../platform/app.ts'
import { asJson } from '../../../platform/stores/workflow/index.ts'
import type { Text } from '../../../platform/text.ts'
import { runsOfTurn, type TurnRuns } from '../../runs-of-turn.ts'
import { currencyOf } from '../currency.ts'
import { segmentErrors } from '../errors.ts'
import { type Bought, boughtBy, type Wanted, wantedByAll } from './goods.ts'
import { type Movement, movementOf } from './movement.ts'
import { type ContactRow, contactsOf, type MonthRow, monthsOf } from './results.ts'
import { noTargets, type Targets } from './targets.ts'

export interface Management {
  asOf: string
  segment: { code: string; name: Text; strategy: Text }
  currency: string
  owner: { userId: number; name: string } | null
  note: string
  targets: Targets
  customers: number
  valueMinor: number
  atRiskMinor: number
  churn: number
  /** The last 365 days of those who are in it now, and the 365 days before. */
  result: { revenueMinor: number; marginMinor: number; contactCostMinor: number; costUnknown: number; contacts: number }
  before: { revenueMinor: number; marginMinor: number }
  months: MonthRow[]
  contacts: ContactRow[]
  movement: Movement[]
  bought: Bought[]
  wanted: Wanted[]
}

/** Everything the person who answers for a segment works from. */
export async function management(app: App, code: string): Promise<Management> {
  const turn = await runsOfTurn(app)
  const segment = await usedSegment(app, turn, code)
  const [row, months, contacts, movement, bought, wanted, risk, currency] = await Promise.all([
    app.workflow.db
      .selectFrom('segment_managers')
      .leftJoin('users', 'users.id', 'segment_managers.owner')
      .select(['segment_managers.owner', 'users.name', 'targets', 'note'])
      .where('segment', '=', code)
      .executeTakeFirst(),
    monthsOf(app, turn, code),
    contactsOf(app, turn, code),
    movementOf(app, turn, code),
    boughtBy(app, turn, code),
    wantedByAll(app, turn, code),
    app.facts.one<{ value: number; risk: number }>(
      `SELECT toFloat64(sum(value_minor)) AS value, sum(value_minor * churn_probability) AS risk FROM segment_members
       WHERE run_id = {segments:UInt64} AND segment = {code:String}`,
      { segments: turn.segments, code },
    ),
    currencyOf(app),
  ])
  const newest = months.slice(-12)
  const sum = (rows: readonly MonthRow[], of: 'revenueMinor' | 'marginMinor') => rows.reduce((all, r) => all + r[of], 0)
  return {
    asOf: turn.asOf,
    segment: { code, name: segment.name, strategy: segment.strategy },
    currency,
    owner: row?.owner ? { userId: row.owner, name: row.name ?? '' } : null,
    note: row?.note ?? '',
    targets: row?.targets ?? noTargets,
    customers: segment.customers,
    valueMinor: risk.value,
    atRiskMinor: risk.risk,
    churn: segment.churn,
    result: {
      revenueMinor: sum(newest, 'revenueMinor'),
      marginMinor: sum(newest, 'marginMinor'),
      contactCostMinor: contacts.reduce((all, c) => all + c.costMinor, 0),
      costUnknown: contacts.reduce((all, c) => all + c.costUnknown, 0),
      contacts: contacts.reduce((all, c) => all + c.sent, 0),
    },
    before: {
      revenueMinor: sum(months.slice(0, 12), 'revenueMinor'),
      marginMinor: sum(months.slice(0, 12), 'marginMinor'),
    },
    months,
    contacts,
    movement,
    bought,
    wanted,
  }
}

export async function usedSegment(app: App, turn: TurnRuns, code: string) {
  const run = await app.workflow.db
    .selectFrom('segment_runs')
    .select('segments')
    .where('run_id', '=', turn.segments)
    .executeTakeFirst()
  const own = run?.segments.find(used => used.code === code)
  if (!own) throw segmentErrors['analyze.no-such-segment']({ segment: code })
  return own
}

export async function saveManagement(
  app: App,
  code: string,
  change: { owner: number | null; targets: Targets; note: string },
): Promise<void> {
  await usedSegment(app, await runsOfTurn(app), code)
  if (change.owner !== null) {
    const user = await app.workflow.db
      .selectFrom('users')
      .select('id')
      .where('id', '=', change.owner)
      .where('disabled', '=', false)
      .executeTakeFirst()
    if (!user) throw segmentErrors['analyze.no-such-person']({ user: change.owner })
  }
  const values = { owner: change.owner, targets: asJson(change.targets), note: change.note, updated_at: new Date() }
  await app.workflow.db
    .insertInto('segment_managers')
    .values({ segment: code, ...values })
    .onConflict(conflict => conflict.column('segment').doUpdateSet(values))
    .execute()
}

/** Who can answer for a segment: whoever may change segments. */
export async function possibleOwners(app: App): Promise<{ userId: number; name: string }[]> {
  const rows = await app.workflow.db
    .selectFrom('users')
    .select(['id', 'name', 'roles'])
    .where('disabled', '=', false)
    .orderBy('name')
    .execute()
  return rows
    .filter(({ roles }) => roles.includes('segment-manager') || roles.includes('administrator'))
    .map(({ id, name }) => ({ userId: id, name }))
}
