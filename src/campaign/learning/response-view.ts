import type { z } from 'zod'
import {
  ANSWER_DAYS,
  adjustedEvidence,
  armsByCell,
  figuresOf,
  oddsOf,
  type ResponseAxis,
  type ResponseCell,
  segmentNames,
  shareDifference,
  twoSided,
  withOutcomes,
} from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { difference, type Moments } from '../measure/difference.ts'
import type { responsePage, responseQuery } from './api.ts'
import { armMembers, armParams } from './arms.ts'
import { askOf, type PastCampaign, pastCampaigns } from './campaigns.ts'

const ALARM = Math.log(20)

interface ArmRow extends Moments {
  segment: string
  offer: string
  channel: string
  arm: string
  bought: number
}

type Page = z.infer<typeof responsePage>

/** Response against prediction by segment, offer and channel: of one turn, or of all. */
export async function responseView(app: App, { turn, by }: z.infer<typeof responseQuery>): Promise<Page> {
  const all = await pastCampaigns(app)
  const chosen = turn === undefined ? all : all.filter(one => one.asOf === turn)
  const axes: ResponseAxis[] = by === 'all' ? ['segment', 'offer', 'channel'] : [by]
  const [{ heard, cells, calibration, arms }, names, offers, currency] = await Promise.all([
    withOutcomes(app, askOf(chosen), async outcomes => ({
      heard: outcomes.heard,
      cells: await outcomes.cells(axes),
      calibration: await outcomes.calibration(),
      arms: await armsOf(app, {
        ...{ campaigns: chosen, identity: all.at(-1)?.identity ?? 0, axes },
        unheard: outcomes.heard.unheard,
      }),
    })),
    segmentNames(app),
    offerNames(app),
    currencyOf(app),
  ])
  const figures = cells.map(cell => figuresOf(cell))
  const adjusted = adjustedEvidence(figures.map(one => twoSided(one.evidence)))
  const sum = (pick: (turn: (typeof heard.turns)[number]) => number): number =>
    heard.turns.reduce((total, one) => total + pick(one), 0)
  const rows = cells.map((cell, i): Page['cells'][number] => {
    const { soFar, ripe } = cell
    const arm = arms.get(keyOf(cell))
    return {
      ...{ segment: cell.segment, segmentName: nameIn(names, cell.segment) },
      ...{ offer: cell.offer, offerName: nameIn(offers, cell.offer), channel: cell.channel },
      ...{ planned: cell.planned, contacted: soFar.trials, ripe: ripe.trials },
      ...{ expected: ripe.expected, taken: ripe.taken, rate: figures[i]!.rate },
      predicted: ripe.trials > 0 ? ripe.expected / ripe.trials : 0,
      factor: figures[i]!.factor,
      odds: oddsOf(adjusted[i]!),
      alarm: adjusted[i]! >= ALARM,
      control: arm?.control ?? 0,
      bought: arm?.bought ?? null,
      margin: arm?.margin ?? null,
    }
  })
  return {
    currency,
    turns: all.map(one => one.asOf),
    counted: heard.turns.map(one => one.asOf),
    unheard: heard.unheard,
    answerDays: ANSWER_DAYS,
    totals: {
      ...{ planned: sum(one => one.planned), promised: sum(one => one.promised), contacted: sum(one => one.contacted) },
      ...{ ripe: sum(one => one.ripe), expected: sum(one => one.ripeExpected), taken: sum(one => one.ripeTaken) },
      ...{ alarms: rows.filter(row => row.alarm).length, tests: rows.length },
    },
    calibration: { ...calibration, odds: oddsOf(calibration.evidence) },
    // What speaks loudest against its prediction first.
    cells: rows.sort((a, b) => b.odds - a.odds || b.planned - a.planned),
  }
}

const nameIn = (names: ReadonlyMap<string, Text>, code: string): Text => names.get(code) ?? { en: code, zh: code }
const keyOf = (cell: Pick<ResponseCell, 'segment' | 'offer' | 'channel'>): string =>
  [cell.segment, cell.offer, cell.channel].join('\n')

interface ArmFigures {
  control: number
  bought: Page['cells'][number]['bought']
  margin: Page['cells'][number]['margin']
}

interface ArmsHow {
  campaigns: readonly PastCampaign[]
  /** Of the newest turn, whose purchases know most. */
  identity: number
  axes: readonly ResponseAxis[]
  /** Ways of replayed turns that reached nobody: they tell nothing of what was bought because of them. */
  unheard: readonly string[]
}

/** What planned and control bought, put together over the axes that are not asked for. */
async function armsOf(app: App, { campaigns, identity, axes, unheard }: ArmsHow): Promise<Map<string, ArmFigures>> {
  if (campaigns.length === 0) return new Map()
  const rows = await app.facts.query<ArmRow>(armsByCell(armMembers), armParams(campaigns, identity, unheard))
  const key = (row: ArmRow) =>
    keyOf({
      segment: axes.includes('segment') ? row.segment : '',
      offer: axes.includes('offer') ? row.offer : '',
      channel: axes.includes('channel') ? row.channel : '',
    })
  return new Map(
    [...Map.groupBy(rows, key)].map(([name, its]) => {
      const [planned, control] = [armIn(its, 'planned'), armIn(its, 'control')]
      const margin = difference(planned, control)
      return [
        name,
        {
          control: control.customers,
          bought: shareDifference(
            { yes: planned.bought, of: planned.customers },
            { yes: control.bought, of: control.customers },
          ),
          margin: margin && { difference: margin.difference, low: margin.low, high: margin.high },
        },
      ]
    }),
  )
}

const armIn = (rows: readonly ArmRow[], arm: string) =>
  rows
    .filter(row => row.arm === arm)
    .reduce(
      (sum, row) => ({
        ...{ customers: sum.customers + row.customers, bought: sum.bought + row.bought },
        ...{ sum: sum.sum + row.sum, squares: sum.squares + row.squares },
      }),
      { customers: 0, bought: 0, sum: 0, squares: 0 },
    )

/** Names of the offers there are; one that is gone is called by its code. */
export async function offerNames(app: Pick<App, 'workflow'>): Promise<Map<string, Text>> {
  const rows = await app.workflow.db.selectFrom('offers').select(['id', 'body']).execute()
  return new Map(rows.map(row => [row.id, (row.body as { name: Text }).name]))
}

export async function currencyOf(app: Pick<App, 'workflow'>): Promise<string> {
  const row = await app.workflow.db
    .selectFrom('campaigns')
    .select('currency')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.currency ?? 'GBP'
}
