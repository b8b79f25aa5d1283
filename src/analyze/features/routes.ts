import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { runsOfTurn } from '../runs-of-turn.ts'
import { featureErrors } from './errors.ts'
import { ownChoices } from './own/choices.ts'
import { ownBody } from './own/definition.ts'
import { previewOwn, refuseUnknownCodes } from './own/preview.ts'
import { declaredFeatures, type Stored, saveFeature, setState } from './own/store.ts'
import { featureRun } from './profiles.ts'
import {
  ownChoices as choicesShape,
  featureDetail as detailShape,
  featureList as listShape,
  ownPreview,
} from './view/api.ts'
import { featureDetail } from './view/feature-detail.ts'
import { featureList } from './view/feature-list.ts'
import { whereUsed } from './view/where-used.ts'

const tags = ['analyze']
const id = z.object({ id: z.string().max(60) })
const saved = z.object({ id: z.string(), version: z.number() })
const told = ({ id: feature, version }: Stored) => ({ id: feature, version })

export function featureRoutes(http: Http, app: App): void {
  http.get(
    '/features',
    {
      config: { permission: 'insight.read' },
      schema: {
        tags,
        summary: 'The catalogue of features with what the newest turn found',
        response: { 200: listShape },
      },
    },
    () => featureList(app),
  )
  http.get(
    '/input-notes',
    {
      config: { permission: 'turn.read' },
      schema: {
        tags,
        summary: 'What was odd about the rows the newest turn analysed, and what it did with them',
        response: { 200: listShape.pick({ notes: true }) },
      },
    },
    async () => {
      const runId = await app.runs.latest('features')
      return { notes: runId === null ? [] : ((await featureRun(app, runId))?.notes ?? []) }
    },
  )
  http.get(
    '/features/choices',
    {
      config: { permission: 'insight.read' },
      schema: { tags, summary: 'Codes a declaration can be made of', response: { 200: choicesShape } },
    },
    () => ownChoices(app),
  )
  http.get(
    '/features/:id',
    {
      config: { permission: 'insight.read' },
      schema: {
        tags,
        summary: 'One feature: distribution now and before, who uses it, its versions',
        params: id,
        response: { 200: detailShape },
      },
    },
    req => featureDetail(app, req.params.id),
  )
  http.post(
    '/features/own/preview',
    {
      config: { permission: 'features.write' },
      schema: { tags, summary: 'Tries a declaration on the newest turn', body: ownBody, response: { 200: ownPreview } },
    },
    req => previewOwn(app, req.body),
  )
  http.post(
    '/features/own',
    {
      config: { permission: 'features.write' },
      schema: {
        tags,
        summary: 'Declares a feature; computed from the next turn on',
        body: ownBody,
        response: { 200: saved },
      },
    },
    async req => {
      await refuseUnknownCodes(app, (await runsOfTurn(app)).identity, req.body.definition)
      const own = await saveFeature(app, null, req.body, req.user.userId)
      await audit(app, { userId: req.user.userId, action: 'feature.declare', object: `feature/${own.id}` })
      return told(own)
    },
  )
  http.put(
    '/features/own/:id',
    {
      config: { permission: 'features.write' },
      schema: {
        tags,
        summary: 'A new version of a declared feature',
        params: id,
        body: ownBody,
        response: { 200: saved },
      },
    },
    async req => {
      await refuseUnknownCodes(app, (await runsOfTurn(app)).identity, req.body.definition)
      const own = await saveFeature(app, req.params.id, req.body, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'feature.change',
        object: `feature/${own.id}`,
        detail: { version: own.version },
      })
      return told(own)
    },
  )
  http.post(
    '/features/own/:id/state',
    {
      config: { permission: 'features.write' },
      schema: {
        tags,
        summary: 'Withdraws a declared feature, or brings it back',
        params: id,
        body: z.strictObject({ state: z.enum(['released', 'withdrawn']) }),
        response: { 200: saved },
      },
    },
    async req => {
      const { state } = req.body
      if (state === 'withdrawn') await refuseInUse(app, req.params.id)
      const own = await setState(app, req.params.id, state, req.user.userId)
      await audit(app, { userId: req.user.userId, action: `feature.${state}`, object: `feature/${own.id}` })
      return told(own)
    },
  )
}

async function refuseInUse(app: App, feature: string): Promise<void> {
  const own = (await declaredFeatures(app)).find(candidate => candidate.id === feature)
  const uses = (await whereUsed(app))(feature).filter(({ kind }) => kind === 'segment' || kind === 'need')
  if (own && uses.length > 0)
    throw featureErrors['analyze.feature-in-use']({
      name: own.name,
      segments: {
        en: uses.map(({ name }) => name.en).join(', '),
        zh: uses.map(({ name }) => name.zh).join('、'),
      },
    })
}
