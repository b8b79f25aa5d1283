import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { viewOf } from '../../platform/marts.ts'
import { deadLetterList, deliveryList, martList, martSample, targetBody, targetList, targetMade } from './api.ts'
import { carriers } from './carriers/index.ts'
import { cargoOf } from './deliver.ts'
import { deadCounts, deadLettersOf, deliveriesOf, lastDeliveries } from './history.ts'
import { scheduleTarget, startDelivery } from './jobs.ts'
import { sampleOf } from './sample.ts'
import { sendDeadLettersAgain } from './send-again.ts'
import { carrierKinds, type Target, type TargetDefinition, targetDefinition } from './target.ts'
import {
  addTarget,
  changeTarget,
  checkDefinition,
  columnTypes,
  martOf,
  newSecret,
  targetOf,
  targets,
} from './targets.ts'
import { fileFolder } from './write-file.ts'

const config = { permission: 'giveback.manage' } as const
const tags = ['giving back']
const byId = z.object({ id: z.coerce.number().int().positive() })
const page = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}

export function givebackRoutes(http: Http, app: App): void {
  martRoutes(http, app)
  targetRoutes(http, app)
  deliveryRoutes(http, app)
}

function martRoutes(http: Http, app: App): void {
  http.get(
    '/marts',
    { config, schema: { tags, summary: 'What other systems may read', response: { 200: martList } } },
    async () => ({
      rows: await Promise.all(
        app.marts.map(async mart => {
          const types = await columnTypes(app, mart)
          return {
            name: mart.name,
            view: viewOf(mart),
            title: mart.title,
            row: mart.row,
            key: [...mart.key],
            columns: Object.entries(mart.columns).map(([name, { text, personal }]) => ({
              name,
              type: types.get(name) ?? '',
              text,
              personal: personal !== undefined,
            })),
          }
        }),
      ),
    }),
  )
  http.post(
    '/marts/sample',
    {
      config,
      schema: {
        tags,
        summary: 'The first rows that a target would send; personal values masked',
        body: targetDefinition.pick({ mart: true, columns: true, where: true }),
        response: { 200: martSample },
      },
    },
    async req => sampleOf(app, req.body),
  )
}

function targetRoutes(http: Http, app: App): void {
  http.get(
    '/targets',
    { config, schema: { tags, summary: 'Where data goes back to', response: { 200: targetList } } },
    async () => {
      const [all, last, dead] = await Promise.all([targets(app), lastDeliveries(app), deadCounts(app)])
      return {
        kinds: [...carrierKinds],
        rows: all.map(target => ({
          ...shownTarget(app, target),
          deadLetters: dead.get(target.targetId) ?? 0,
          last: last.get(target.targetId) ?? null,
        })),
      }
    },
  )
  http.post(
    '/targets',
    {
      config,
      schema: {
        tags,
        summary: 'Add a target; a signing secret is shown once',
        body: targetBody,
        response: { 201: targetMade },
      },
    },
    async (req, reply) => {
      const { secret: given, ...rest } = req.body
      const definition = await checkDefinition(app, rest)
      const made = given === undefined && definition.place.kind === 'webhook' ? newSecret() : null
      const targetId = await addTarget(app, { definition, secret: given ?? made ?? '', userId: req.user.userId })
      await scheduleTarget(app, { targetId, definition })
      await noted(req.user.userId, 'giveback.add', targetId, definition)
      return reply.code(201).send({ targetId, secret: made })
    },
  )
  http.put(
    '/targets/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Change, pause, take away or bring back a target',
        params: byId,
        body: z.object({
          definition: targetDefinition.optional(),
          secret: z.string().max(500).optional(),
          paused: z.boolean().optional(),
          deleted: z.boolean().optional(),
        }),
        response: { 200: z.object({ targetId: z.number() }) },
      },
    },
    async req => {
      const { id } = req.params
      const { definition, ...rest } = req.body
      if (definition && rest.deleted !== false) {
        // Another mart is another stream: what was sent could not be taken back.
        const before = await targetOf(app, id)
        definition.mart = before.definition.mart
      }
      await changeTarget(app, id, {
        ...rest,
        ...(definition ? { definition: await checkDefinition(app, definition) } : {}),
      })
      const after = await targetOf(app, id).catch(() => undefined)
      if (after) await scheduleTarget(app, { ...after, gone: after.paused })
      else
        await scheduleTarget(app, {
          targetId: id,
          definition: { when: { kind: 'manual' } } as TargetDefinition,
          gone: true,
        })
      await noted(req.user.userId, 'giveback.change', id, definition, Object.keys(req.body))
      return { targetId: id }
    },
  )
  http.post(
    '/targets/test',
    {
      config,
      schema: {
        tags,
        summary: 'Try a connection without sending anything',
        body: targetBody.extend({ targetId: z.number().optional() }),
        response: { 200: z.object({ answered: z.string() }) },
      },
    },
    async req => {
      const { secret, targetId, ...definition } = req.body
      const carrier = carriers[definition.place.kind]
      if (!carrier) return { answered: '' }
      const kept = targetId === undefined ? '' : (await targetOf(app, targetId)).secret
      const target = {
        targetId: targetId ?? 0,
        definition,
        secret: secret ?? kept,
        paused: false,
        planned: 0,
        delivered: 0,
      }
      return { answered: await carrier.test(await cargoOf(app, target)) }
    },
  )

  const noted = (userId: number, action: string, targetId: number, definition?: TargetDefinition, changed?: string[]) =>
    audit(app, {
      userId,
      action,
      object: `target/${targetId}`,
      detail: {
        ...(definition ? { mart: definition.mart, kind: definition.place.kind, columns: definition.columns } : {}),
        ...(changed ? { changed } : {}),
      },
    })
}

function deliveryRoutes(http: Http, app: App): void {
  http.post(
    '/targets/:id/deliver',
    {
      config,
      schema: {
        tags,
        summary: 'Send what is different now, or everything once more',
        params: byId,
        body: z.object({ full: z.boolean().default(false) }),
        response: { 202: z.object({ deliveryId: z.number() }) },
      },
    },
    async (req, reply) => {
      const target = await targetOf(app, req.params.id)
      const { full } = req.body
      const deliveryId = await startDelivery(app, target.targetId, `user ${req.user.userId}`, { full })
      const detail = { deliveryId, full }
      await audit(app, {
        userId: req.user.userId,
        action: 'giveback.deliver',
        object: `target/${target.targetId}`,
        detail,
      })
      return reply.code(202).send({ deliveryId })
    },
  )
  http.get(
    '/targets/:id/deliveries',
    {
      config,
      schema: {
        tags,
        summary: 'History of a target',
        params: byId,
        querystring: z.object(page),
        response: { 200: deliveryList },
      },
    },
    async req => deliveriesOf(app, req.params.id, req.query.offset, req.query.limit),
  )
  http.get(
    '/targets/:id/dead-letters',
    {
      config,
      schema: {
        tags,
        summary: 'Changes that the other side would not take',
        params: byId,
        querystring: z.object(page),
        response: { 200: deadLetterList },
      },
    },
    async req => deadLettersOf(app, req.params.id, req.query.offset, req.query.limit),
  )
  http.post(
    '/targets/:id/dead-letters/send-again',
    {
      config,
      schema: { tags, summary: 'Send them once more', params: byId, response: { 202: z.object({ sent: z.number() }) } },
    },
    async (req, reply) => {
      const { id } = req.params
      const sent = await sendDeadLettersAgain(app, id)
      if (sent > 0) await startDelivery(app, id, `user ${req.user.userId}`)
      await audit(app, {
        userId: req.user.userId,
        action: 'giveback.send-again',
        object: `target/${id}`,
        detail: { sent },
      })
      return reply.code(202).send({ sent })
    },
  )
}

function shownTarget(app: App, target: Target) {
  const { targetId, definition, secret, paused, planned, delivered } = target
  const { columns } = martOf(app, definition.mart)
  const { place } = definition
  return {
    targetId,
    definition,
    hasSecret: secret !== '',
    paused,
    planned,
    delivered,
    personal: definition.columns.filter(column => columns[column]?.personal !== undefined),
    folder: place.kind === 'file' ? fileFolder(app, place.folder) : null,
  }
}
