import { z } from 'zod'
import type { App } from '../../../platform/app.ts'
import { defineJob } from '../../../platform/jobs/index.ts'
import { asJson } from '../../../platform/stores/workflow/index.ts'
import { runInWorker } from '../../run-in-worker.ts'
import { runsOfTurn } from '../../runs-of-turn.ts'
import { segmentErrors } from '../errors.ts'
import { workThrough } from '../long-work.ts'
import { catalogueOf } from '../rule-catalogue.ts'
import { type Person, startDraft } from '../versions/drafts.ts'
import { FEWEST_BUYERS } from './find-groups.ts'
import { suggestionOf } from './rules-of-groups.ts'
import type { SuggestInput, Suggestion } from './suggestion.ts'

/** What customers are grouped by when nobody says otherwise: how lately, how often, how much, for how long, what is to come. */
export const usualFeatures = [
  'recency_days',
  'frequency',
  'monetary_365_minor',
  'average_order_minor',
  'tenure_days',
  'churn_probability',
] as const

export const suggestJob = defineJob({
  name: 'analyze.suggest-segments',
  version: 1,
  schema: z.object({ suggestion: z.number() }),
  retry: { limit: 1, delaySeconds: 5 },
  async handle({ suggestion }, { services: { app } }) {
    const row = await suggestionRow(app, suggestion)
    await workThrough(app, 'segment_suggestions', suggestion, report => suggest(app, row.input, share => report(share)))
  },
})

export async function suggest(
  app: App,
  { features, from, to, seed }: SuggestInput,
  report: (share: number) => void,
): Promise<Suggestion> {
  const turn = await runsOfTurn(app)
  const catalogue = await catalogueOf(app)
  const asked = features.map(id => {
    const feature = catalogue.features.get(id)
    if (feature?.domain.kind !== 'number')
      throw segmentErrors['analyze.rule-unknown-feature']({ segment: 'k-means', feature: id })
    return feature
  })
  const input = {
    columns: asked.map(({ sql }) => sql),
    from,
    to,
    seed,
    featuresRun: turn.features,
    modelsRun: turn.models,
  }
  const groups = await runInWorker('find-groups', app.facts, input, (done, total) => report(done / total))
  if (!('tree' in groups))
    throw segmentErrors['analyze.suggestion-too-few']({ customers: groups.buyers, least: FEWEST_BUYERS })
  return suggestionOf(groups, asked, catalogue)
}

export async function startSuggestion(app: App, input: SuggestInput, who: Person): Promise<number> {
  const { id } = await app.workflow.db
    .insertInto('segment_suggestions')
    .values({
      input: asJson(input),
      state: 'waiting',
      done: 0,
      total: 1,
      note: '',
      by_user: who.userId,
      by_name: who.name,
      at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await app.jobs.send(suggestJob, { suggestion: id }, { group: 'segment-suggestions', key: String(id) })
  return id
}

export async function suggestionRow(app: App, id: number) {
  const row = await app.workflow.db
    .selectFrom('segment_suggestions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw segmentErrors['analyze.no-such-suggestion']({ suggestion: id })
  return row
}

/** The rules of a suggestion as a draft that people go on with. */
export async function acceptSuggestion(app: App, id: number, name: string, who: Person): Promise<number> {
  const { result } = await suggestionRow(app, id)
  if (!result) throw segmentErrors['analyze.no-such-suggestion']({ suggestion: id })
  return startDraft(app, { name, set: result.set }, who)
}
