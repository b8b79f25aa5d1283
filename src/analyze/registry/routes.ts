import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { reportFormats, sendReport, writeReport } from '../../platform/export/index.ts'
import { langOf } from '../../platform/http/errors.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { inWords } from '../churn/definition.ts'
import { scoreFeatures } from '../features/catalogue.ts'
import type { ModelId } from '../models/model-record.ts'
import { titles } from '../pages/model-list.ts'
import { churnSettingsView, customerOutlook, modelDetail, modelName, verdictList, versionName } from './api.ts'
import { churnSettingsSchema } from './churn-settings.ts'
import { decideVersion } from './decide.ts'
import { groupOf, managed, readModel } from './detail.ts'
import { registryErrors } from './errors.ts'
import { backtestModelsJob, learnUpliftJob, scheduleMinding, trainModelsJob } from './jobs.ts'
import { modelReport } from './model-report.ts'
import { outlookOf } from './outlook.ts'
import { churnSettings } from './plan-training.ts'
import { verdictsOf } from './verdicts.ts'

const tags = ['analyze']
const read = { permission: 'insight.read' } as const
const manage = { permission: 'models.manage' } as const
const done = z.object({ done: z.literal(true) })

export function registryRoutes(http: Http, app: App): void {
  http.get(
    '/models/verdicts',
    {
      config: read,
      schema: { tags, summary: 'The verdict on each feature that a model says', response: { 200: verdictList } },
    },
    async () => {
      const verdicts = await verdictsOf(app)
      return {
        rows: scoreFeatures.flatMap(({ id, name }) => {
          const verdict = verdicts.get(id)
          return verdict ? [{ ...verdict, feature: id, name, title: titles[verdict.model as ModelId] }] : []
        }),
      }
    },
  )
  http.get(
    '/models/churn/settings',
    {
      config: read,
      schema: {
        tags,
        summary: 'What leaving means, when churn is trained and who approves it',
        response: { 200: churnSettingsView },
      },
    },
    async () => {
      const settings = await churnSettings(app)
      return { ...settings, words: inWords(settings.definition) }
    },
  )
  http.put(
    '/models/churn/settings',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Changes them, from the next turn on',
        body: churnSettingsSchema,
        response: { 200: churnSettingsView },
      },
    },
    async req => {
      const body = asJson<unknown>(req.body)
      await app.workflow.db
        .insertInto('model_settings')
        .values({ model: 'churn', body })
        .onConflict(oc => oc.column('model').doUpdateSet({ body, updated_at: new Date() }))
        .execute()
      await scheduleMinding(app)
      await audit(app, {
        userId: req.user.userId,
        action: 'models.settings',
        object: 'model/churn',
        detail: { ...req.body },
      })
      return { ...req.body, words: inWords(req.body.definition) }
    },
  )
  http.get(
    '/models/:model',
    {
      config: read,
      schema: {
        tags,
        summary: 'One model: versions, backtests, calibration, drift, verdict',
        params: modelName,
        response: { 200: modelDetail },
      },
    },
    req => readModel(app, req.params.model),
  )
  http.get(
    '/models/:model/export',
    {
      config: read,
      schema: {
        tags,
        summary: 'The same as a file',
        params: modelName,
        querystring: z.object({ format: z.enum(reportFormats) }),
      },
    },
    async (req, reply) => {
      const model = await readModel(app, req.params.model)
      const report = modelReport(model, langOf(req))
      return sendReport(reply, await writeReport(report, req.query.format), `model-${model.id}-${model.asOf}`)
    },
  )
  for (const action of ['approve', 'reject'] as const)
    http.post(
      `/models/:model/versions/:version/${action}`,
      {
        config: manage,
        schema: {
          tags,
          summary: action === 'approve' ? 'Puts a version into use from the next turn on' : 'Turns a version down',
          params: versionName,
          response: { 200: done },
        },
      },
      async req => {
        const by = { userId: req.user.userId, name: req.user.name }
        await decideVersion(app, req.params.model, req.params.version, action, by)
        return { done: true as const }
      },
    )
  http.post(
    '/models/:model/train',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Trains now, on the data of the newest turn',
        params: modelName,
        response: { 200: done },
      },
    },
    async req => {
      const { model } = req.params
      if (!managed(model)) throw registryErrors['analyze.cannot-train']({ model })
      const options = { group: groupOf(model) }
      if (model === 'churn') await app.jobs.send(trainModelsJob, { model: 'churn' }, options)
      else await app.jobs.send(learnUpliftJob, {}, options)
      await audit(app, { userId: req.user.userId, action: 'models.train', object: `model/${model}` })
      return { done: true as const }
    },
  )
  http.post(
    '/models/churn/backtest',
    {
      config: manage,
      schema: {
        tags,
        summary: 'Trains and judges as of several dates of the past',
        body: z.strictObject({ dates: z.number().int().min(1).max(12) }),
        response: { 200: done },
      },
    },
    async req => {
      await app.jobs.send(backtestModelsJob, req.body, { group: groupOf('churn') })
      await audit(app, { userId: req.user.userId, action: 'models.backtest', object: 'model/churn' })
      return { done: true as const }
    },
  )
  http.get(
    '/customers/:id/outlook',
    {
      config: read,
      schema: {
        tags,
        summary: 'When a customer may leave, by which channel they answer, what being contacted adds',
        params: z.object({ id: z.coerce.number().int().positive() }),
        response: { 200: customerOutlook },
      },
    },
    req => outlookOf(app, req.params.id),
  )
}
