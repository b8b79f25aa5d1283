import { laterWaves } from '../campaign/index.ts'
import { contactPolicy } from '../optimize/index.ts'
import type { App, Progress, Step, StepContext } from '../platform/app.ts'
import { type ComposePart, composePartJob } from './compose-part.ts'
import { errors } from './errors.ts'
import { kinds } from './kinds/kind-store.ts'
import { communicationPlan } from './kinds/tables.ts'
import { templateOf } from './kinds/template-of.ts'
import { carriedBy } from './kinds/with-document.ts'
import { linkSettings } from './links/link-settings.ts'
import { cutIntoParts } from './plan/parts.ts'
import { type Basis, statementMonth } from './plan/planned.ts'
import { writePlan } from './plan/write-plan.ts'
import { communications } from './tables.ts'
import { liveTemplates } from './template-store.ts'

export const composeStep: Step = {
  id: 'compose',
  title: { en: 'Compose every message', zh: '生成全部沟通内容' },
  resumes: true,
  writes: [communications, communicationPlan],
  async run(ctx) {
    const { app, turn } = ctx
    return composeAll(app, await basisOf(ctx), `turn-${turn.id}/compose`, ctx.progress)
  },
}

/**
 * One wave of a campaign, on its day, by a run of its campaign's turn: so the turn's counts add up over all its waves. May run
 * twice, also after a kill: parts that are written are not written again.
 */
export const composeWave = (
  app: App,
  of: { turnId: number; asOf: string; runId: number; identityRun: number; campaignRun: number; wave: number },
  progress: Progress = () => undefined,
): Promise<ComposeFigures> =>
  composeAll(app, { ...of, composedRuns: [], planRun: 0, later: [] }, `turn-${of.turnId}/compose@${of.wave}`, progress)

type ComposeFigures = { planned: number; composed: number; held: number; pages: number }

async function composeAll(app: App, basis: Basis, group: string, progress: Progress): Promise<ComposeFigures> {
  const { runId } = basis
  await writePlan(app, basis)
  const parts = await partsOf(app, basis)
  const planned = parts.reduce((sum, { size }) => sum + size, 0)
  await app.jobs.sendMany(
    composePartJob,
    parts.map(({ size: _, ...part }) => part),
    { group, key: part => String(part.partition) },
  )
  await app.jobs.drain({ group }, ({ completed, total }) => {
    const done = total === 0 ? 1 : completed / total
    progress(Math.round(done * planned), planned, `${completed}/${parts.length}`)
  })
  const counts = await countByChannel(app, runId)
  const sum = (state: 'composed' | 'held') => counts.reduce((total, row) => total + row[state], 0)
  const figures = {
    planned,
    composed: sum('composed'),
    held: sum('held'),
    pages: counts.reduce((total, row) => total + row.pages, 0),
  }
  if (figures.planned !== figures.composed + figures.held) throw errors['personalize.counts-differ'](figures)
  await app.runs.recordCounts(
    runId,
    counts.flatMap(({ channel, composed, held }) => [
      { scope: channel, name: 'planned', value: composed + held },
      { scope: channel, name: 'composed', value: composed },
      { scope: channel, name: 'held', value: held },
    ]),
  )
  return figures
}

async function basisOf({ app, runId, turn, runOf }: StepContext): Promise<Basis> {
  const { month } = statementMonth(turn.asOf)
  const rows = await app.workflow.db
    .selectFrom('runs')
    .innerJoin('turns', 'turns.id', 'runs.turn_id')
    .select(['runs.id as id', 'turns.as_of as asOf'])
    .where('runs.step', '=', 'compose')
    .where('runs.state', '=', 'committed')
    .execute()
  const composedRuns = rows.filter(row => statementMonth(row.asOf).month === month).map(row => row.id)
  return {
    turnId: turn.id,
    asOf: turn.asOf,
    runId,
    identityRun: runOf('identity'),
    campaignRun: runOf('campaign'),
    composedRuns,
    planRun: runOf('plan'),
    wave: 0,
    later: await laterWaves(app, turn),
  }
}

/** Templates, and what goes with their e-mails, are fixed with the parts: what goes live meanwhile is for the next run. */
async function partsOf(app: App, basis: Basis): Promise<(ComposePart & { size: number })[]> {
  const [live, { currency }, all, { publicUrl }] = await Promise.all([
    liveTemplates(app),
    contactPolicy(app),
    kinds(app),
    linkSettings(app),
  ])
  const attaching = live.filter(({ content }) => content.manifest.attach !== undefined).map(({ content }) => content.id)
  const documents = all.flatMap(({ code, ways }) =>
    ways.filter(({ template }) => attaching.includes(template)).map(({ channel }) => `${code}/${channel}`),
  )
  const cut = await cutIntoParts(app, basis.runId, documents)
  return cut.map(({ size, ...part }, partition) => {
    const template = templateOf(all, live, part.kind, part.channel)
    const kind = all.find(({ code }) => code === part.kind)
    return {
      basis,
      currency,
      template: template.content.id,
      version: template.number,
      document: carriedBy(live, kind, template.content, publicUrl),
      partition,
      part,
      size,
    }
  })
}

interface ChannelCount {
  channel: string
  composed: number
  held: number
  pages: number
}

/** Each communication once, should two processes have worked the same part. */
const countByChannel = (app: App, runId: number): Promise<ChannelCount[]> =>
  app.facts.query<ChannelCount>(
    `SELECT toString(channel) AS channel, countIf(state = 'composed') AS composed, countIf(state = 'held') AS held, sum(pages) AS pages
     FROM (
       SELECT communication_id, any(channel) AS channel, any(state) AS state, any(pages) AS pages
       FROM communications WHERE run_id = {runId:UInt64} GROUP BY customer_id, communication_id
     )
     GROUP BY channel ORDER BY channel`,
    { runId },
  )
