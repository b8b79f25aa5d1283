import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as analyze from '../../src/analyze/index.ts'
import * as campaign from '../../src/campaign/index.ts'
import * as collect from '../../src/collect/index.ts'
import * as optimize from '../../src/optimize/index.ts'
import { inventCustomers } from '../../src/optimize/plan/invented-customers.ts'
import { learnCalibration, setCalibration } from '../../src/optimize/shrinkage/learn.ts'
import type { App, Step, StepId } from '../../src/platform/app.ts'
import { openTestApp } from '../../src/platform/open-test-app.ts'
import { timed } from '../bench.ts'
import { watchResident } from '../turn/resident.ts'
import { cpuSeconds } from '../value/cpu-seconds.ts'

const FIRST = '2010-12-01'
/** The first campaign's sixty days are over, so that money is learned, too. */
const SECOND = '2011-02-10'
const before: readonly StepId[] = ['identity', 'features', 'models', 'segments']

interface Cost {
  seconds: number
  cpu: number
  residentMB: number
}

/**
 * The step that plans, of `customers`: the first time, and again when the first campaign's answers and money are known: with what was learned,
 * and with the same contacts behind it but nothing learned. A third of the contacts promised are taken in one segment, twice as many in the other.
 */
export async function secondPlan(customers: number, say: (line: string) => void) {
  const dataDir = await mkdtemp(join(tmpdir(), 'huiyin-bench-'))
  const stages = [collect.stage, analyze.stage, optimize.stage, campaign.stage]
  const app = await openTestApp(join(dataDir, 'data'), stages, { threads: 2 })
  try {
    const samples = await scaledSamples(join(dataDir, 'samples'), customers / 6500)
    await optimize.loadSample(app, samples, () => undefined)
    await campaign.loadSample(app, samples, () => undefined)
    const first = await planAsOf(app, { customers, asOf: FIRST, carriedOut: true }, say)
    await answers(app)
    await setCalibration(app, false)
    const again = { customers, asOf: SECOND, carriedOut: false }
    const without = await planAsOf(app, again, say)
    await setCalibration(app, true)
    const learning = await costOf(() => learnCalibration(app, SECOND))
    const { value: learned } = learning
    say(
      `learning itself: ${told(learning)}; ${learned?.contacts ?? 0} contacts, ${learned?.cells.length ?? 0} cells, money of ${learned?.values?.offers.length ?? 0} offers`,
    )
    const withIt = await planAsOf(app, again, say)
    const over = withIt.cpu / first.cpu - 1
    say(`second turn's plan over the first: ${(100 * over).toFixed(0)} % more CPU`)
    return {
      figures: {
        ...{ customers, first, secondWithoutLearning: without, second: withIt, contacts: learned?.contacts ?? 0 },
        learning: { seconds: learning.seconds, cpu: learning.cpu, residentMB: learning.residentMB },
        cpuOverFirst: over,
      },
      learned: learned !== null && learned.values !== undefined,
    }
  } finally {
    await app.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const told = ({ seconds, cpu, residentMB }: Cost): string =>
  `${seconds.toFixed(1)} s, ${cpu.toFixed(1)} CPU s, ${residentMB} MB`

async function costOf<T>(work: () => Promise<T>): Promise<Cost & { value: T }> {
  const resident = watchResident(100)
  const cpu = cpuSeconds()
  const { seconds, value } = await timed(work)
  return { seconds, cpu: cpuSeconds() - cpu, residentMB: Math.round(resident.stop() / 2 ** 20), value }
}

/** Budgets, capacities and volumes of a company so many times as large. */
async function scaledSamples(folder: string, times: number): Promise<string> {
  await cp(join(import.meta.dirname, '../../samples'), folder, {
    recursive: true,
    filter: path => !path.includes('samples/data'),
  })
  const change = async <T>(name: string, how: (json: T) => void) => {
    const json = JSON.parse(await readFile(join(folder, name), 'utf8')) as T
    how(json)
    await writeFile(join(folder, name), JSON.stringify(json))
  }
  const by = (value: number): number => Math.round(value * times)
  await change('offers.json', ({ offers }: Offers) => {
    for (const offer of offers) offer.volume = { min: by(offer.volume.min), max: by(offer.volume.max) }
  })
  await change('contact-policy.json', (policy: Policy) => {
    policy.budget_minor = by(policy.budget_minor)
    const { letter, email, sms, call } = policy.channels
    letter!.capacity['lots'] = by(letter!.capacity['lots'] as number)
    for (const rate of [email!, sms!]) rate.capacity['max'] = by(rate.capacity['max'] as number)
    call!.capacity['per_day'] = by(call!.capacity['per_day'] as number)
  })
  return folder
}

interface Offers {
  offers: { volume: { min: number; max: number } }[]
}

interface Policy {
  budget_minor: number
  channels: Record<string, { capacity: Record<string, unknown> }>
}

interface PlanHow {
  customers: number
  asOf: string
  /** Else it is only made: another can be made of the same. */
  carriedOut: boolean
}

/** A turn whose earlier steps are invented; its plan is made, and carried out by the campaign, by the steps themselves. */
async function planAsOf(
  app: App,
  { customers, asOf, carriedOut }: PlanHow,
  say: (line: string) => void,
): Promise<Cost> {
  const turn = await app.runs.openTurn(asOf)
  const run: Partial<Record<StepId, number>> = {}
  for (const id of before) {
    const { runId } = await app.runs.begin(turn, { id, writes: [], resumes: false } as unknown as Step)
    run[id] = runId
  }
  await inventCustomers(
    app.facts,
    customers,
    asOf,
    run as Record<'identity' | 'features' | 'models' | 'segments', number>,
  )
  for (const id of before) await app.runs.commit(run[id]!, {})
  const work = async (step: Step) => {
    const { runId } = await app.runs.begin(turn, step)
    const figures = await step.run({ app, turn, runId, runOf: id => run[id]!, progress: () => undefined })
    await app.runs.commit(runId, figures)
    run[step.id] = runId
    return figures
  }
  const cost = await costOf(() => work(optimize.steps.find(step => step.id === 'plan')!))
  if (carriedOut) await work(campaign.steps.find(step => step.id === 'campaign')!)
  await app.runs.closeTurn(turn)
  say(`plan as of ${asOf}: ${told(cost)}; ${cost.value['assigned']} planned, ${cost.value['options']} options`)
  return { seconds: cost.seconds, cpu: cost.cpu, residentMB: cost.residentMB }
}

/** Everybody planned was sent it, and some took it. */
async function answers(app: App): Promise<void> {
  await app.workflow.db.updateTable('plan_waves').set({ open: false }).execute()
  const contacts = `
    SELECT m.customer_id AS customer_id, toString(m.offer) AS offer, toString(m.channel) AS channel, m.acceptance AS p, s.segment AS segment
    FROM campaign_members AS m INNER JOIN segment_members AS s ON s.customer_id = m.customer_id
    WHERE m.arm = 'planned'`
  const payload = (more: string) => `concat('{"asOf":"${FIRST}",${more}"offer":"', offer, '"}')`
  await app.facts.exec(
    `INSERT INTO events (event_id, customer_id, type, channel, at, payload)
     SELECT concat('sent:', toString(customer_id), offer), customer_id, if(channel = 'call', 'called', 'sent'), if(channel = 'bill', 'letter', channel),
       toDateTime64('${FIRST} 10:00:00', 3, 'UTC'), ${payload('"class":"offer","outcome":"talked",')}
     FROM (${contacts})`,
  )
  await app.facts.exec(
    `INSERT INTO events (event_id, customer_id, type, channel, at, payload)
     SELECT concat('took:', toString(customer_id), offer), customer_id, 'accepted', if(channel = 'bill', 'letter', channel),
       toDateTime64('${FIRST} 10:00:00', 3, 'UTC') + INTERVAL 1 + customer_id % 20 DAY, concat('{"offer":"', offer, '"}')
     FROM (${contacts})
     WHERE sipHash64(customer_id, offer, 99) / 18446744073709551616.0 < p * if(segment = 'LOYAL', 0.66, 0.33)`,
  )
}
