import type { z } from 'zod'
import {
  figuresOf,
  modelChanges,
  oddsOf,
  type ResponseCell,
  type TurnResponse,
  twoSided,
  withOutcomes,
} from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { loopPage } from './api.ts'
import { askOf, type PastCampaign, pastCampaigns } from './campaigns.ts'
import { asDate } from './dates.ts'
import { drivers } from './drivers.ts'
import { type Earned, earnedBy, netOf, plainRange } from './earned.ts'
import { currencyOf } from './response-view.ts'

type Page = z.infer<typeof loopPage>
type Turn = Page['turns'][number]

const nothing: Omit<TurnResponse, 'asOf'> = {
  ...{ planned: 0, promised: 0, contacted: 0, expected: 0, taken: 0, ripe: 0, ripeExpected: 0, ripeTaken: 0 },
}

/** Turn by turn: what we believed, what we said, what came back, what we changed, what it earned; and each year by driver. */
export async function loopView(app: App): Promise<Page> {
  const campaigns = await pastCampaigns(app)
  const { heard, taken, all } = await withOutcomes(app, askOf(campaigns), async outcomes => ({
    heard: outcomes.heard,
    taken: await outcomes.takenOffers(),
    all: await outcomes.cells([]),
  }))
  const reached = new Set(heard.turns.map(one => one.asOf))
  const counted = campaigns.filter(one => reached.has(one.asOf))
  const [earned, changes, plans, currency, known] = await Promise.all([
    earnedBy(app, counted, { identity: campaigns.at(-1)?.identity ?? 0, unheard: heard.unheard, taken }),
    changesBefore(app),
    plansOf(app, campaigns),
    currencyOf(app),
    lastSale(app, campaigns.at(-1)?.identity),
  ])
  const turns = campaigns.map((campaign, i): Turn => {
    const came = heard.turns.find(one => one.asOf === campaign.asOf) ?? nothing
    const its = earned.filter(one => one.asOf === campaign.asOf)
    const plan = plans.get(campaign.campaign)!
    const since = campaigns[i - 1]?.madeAt ?? new Date(0)
    const { gain, cost, ...net } = netOf(its)
    return {
      ...{ turn: campaign.turn, asOf: campaign.asOf, campaign: campaign.campaign, replay: !reached.has(campaign.asOf) },
      believed: { answers: came.promised || plan.answers, value: plan.expected, calibrated: plan.calibrated },
      said: { planned: plan.planned, contacted: came.contacted, control: plan.control },
      came: { ripe: came.ripe, expected: came.ripeExpected, taken: came.ripeTaken },
      changed: changes
        .filter(change => change.at > since && change.at <= campaign.madeAt)
        .slice(-12)
        .map(({ kind, what, by }) => ({ kind, what, by })),
      earned:
        its.length === 0
          ? null
          : {
              ...{ over: campaign.end <= known, gain, cost, ...net, ...plainRange(its) },
              saved: meanSaved(its),
            },
    }
  })
  const over = new Set(campaigns.filter(one => one.end <= known).map(one => one.asOf))
  return { currency, promise: promiseOf(all), turns: turns.reverse(), years: yearsOf(earned, over) }
}

function promiseOf([cell]: readonly ResponseCell[]): Page['promise'] {
  if (!cell || cell.ripe.trials === 0) return null
  const { evidence, factor } = figuresOf(cell)
  const { trials: ripe, expected, taken } = cell.ripe
  return { ripe, expected, taken, odds: oddsOf(twoSided(evidence)), factor }
}

const meanSaved = (earned: readonly Earned[]): number => {
  const measured = earned.filter(one => one.variance > 0)
  return measured.length === 0 ? 0 : measured.reduce((sum, one) => sum + one.saved, 0) / measured.length
}

/**
 * Money of a campaign whose time is not over is not counted: its costs are known at once and what it brings comes later, so that every year would
 * begin with a loss. What mail saved is saved already.
 */
function yearsOf(earned: readonly Earned[], over: ReadonlySet<string>): Page['years'] {
  return [...Map.groupBy(earned, one => one.asOf.slice(0, 4))]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([year, all]) => {
      const its = all.filter(one => over.has(one.asOf) || one.driver === 'mail')
      const open = all.filter(one => !its.includes(one))
      const total = netOf(its)
      return {
        year,
        open: {
          campaigns: new Set(open.map(one => one.asOf)).size,
          cost: open.reduce((sum, one) => sum + one.cost, 0),
        },
        drivers: drivers.flatMap(driver => {
          const of = its.filter(one => one.driver === driver)
          return of.length === 0
            ? []
            : [{ driver, ...netOf(of), unmeasured: of.reduce((sum, one) => sum + one.unmeasured, 0) }]
        }),
        total,
        rate: total.cost > 0 ? total.net / total.cost : null,
      }
    })
}

interface Plan {
  answers: number
  expected: number
  planned: number
  control: number
  /** Cells whose acceptance the plan corrected by what it had learned. */
  calibrated: number
}

async function plansOf(app: App, campaigns: readonly PastCampaign[]): Promise<Map<number, Plan>> {
  if (campaigns.length === 0) return new Map()
  const [rows, answers] = await Promise.all([
    app.workflow.db
      .selectFrom('campaigns')
      .innerJoin('plans', 'plans.id', 'campaigns.plan_id')
      .select([
        'campaigns.id',
        'campaigns.run_id',
        'campaigns.expected',
        'campaigns.planned',
        'campaigns.control',
        'plans.basis',
      ])
      .where(
        'campaigns.id',
        'in',
        campaigns.map(one => one.campaign),
      )
      .execute(),
    app.facts.query<{ run: number; answers: number }>(
      `SELECT run_id AS run, sum(acceptance) AS answers FROM campaign_members
       WHERE run_id IN {runs:Array(UInt64)} AND arm = 'planned' GROUP BY run_id`,
      { runs: campaigns.map(one => one.run) },
    ),
  ])
  const empty: Plan = { answers: 0, expected: 0, planned: 0, control: 0, calibrated: 0 }
  return new Map(
    campaigns.map(({ campaign, run }) => {
      const row = rows.find(one => one.id === campaign)
      if (!row) return [campaign, empty]
      const calibrated = (row.basis.first?.calibration?.cells ?? []).filter(cell => Math.abs(cell.mean - 1) > 0.005)
      return [
        campaign,
        {
          answers: answers.find(one => one.run === run)?.answers ?? 0,
          ...{ expected: row.expected, planned: row.planned, control: row.control, calibrated: calibrated.length },
        },
      ]
    }),
  )
}

interface Change {
  kind: string
  at: Date
  what: Text
  by: string
}

/** Of the customer model, and of the contact policy. */
async function changesBefore(app: App): Promise<Change[]> {
  const [model, policies] = await Promise.all([
    modelChanges(app),
    app.workflow.db.selectFrom('contact_policy_versions').select(['version', 'note', 'by_name', 'at']).execute(),
  ])
  const released = policies.map(
    (row): Change => ({
      ...{ kind: 'policy', at: row.at, by: row.by_name },
      what: {
        en: `Contact policy ${row.version}${row.note ? `: ${row.note}` : ''}`,
        zh: `触达政策第 ${row.version} 版${row.note ? `：${row.note}` : ''}`,
      },
    }),
  )
  return [...model, ...released].sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** The day after the last sale known. */
async function lastSale(app: App, identity: number | undefined): Promise<string> {
  if (identity === undefined) return asDate(new Date(0))
  const { day } = await app.facts.one<{ day: string }>(
    'SELECT toString(toDate(max(sold_at)) + 1) AS day FROM purchases WHERE run_id = {identity:UInt64}',
    { identity },
  )
  return day
}
