import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { fragmentList } from '../fragments/list.ts'
import * as api from './api.ts'
import { differenceBetween } from './diff.ts'
import { startDraft } from './drafts.ts'
import type { ContentKind } from './kinds.ts'
import { contentVersions, versionOf } from './list.ts'
import { newFragment, newTemplate } from './new-content.ts'
import { rollBack, withdraw } from './roll-back.ts'
import { whereUsed } from './where-used.ts'

const tags = ['content']
const read = { config: { permission: 'content.read' as const } }
const write = { config: { permission: 'content.write' as const } }
const approve = { config: { permission: 'content.approve' as const } }
const byId = z.object({ id: z.string().max(64) })
const byVersion = byId.extend({ version: z.coerce.number().int().positive() })
const named = z.string().regex(/^(\d+|draft-\d+)$/)

/** Versions of templates and fragments: what there is, what differs, where it is used, the way back. */
export function versionRoutes(http: Http, app: App): void {
  http.post(
    '/templates',
    {
      ...write,
      schema: { tags, summary: 'A new template, as a draft', body: api.newTemplate, response: { 200: api.madeDraft } },
    },
    async req => {
      const id = await newTemplate(app, req.body, req.user)
      await audit(app, { userId: req.user.userId, action: 'template.new', object: `template/${req.body.id}` })
      return { id }
    },
  )
  http.get(
    '/fragments',
    {
      ...read,
      schema: { tags, summary: 'Fragments, and the templates they stand in', response: { 200: api.fragmentList } },
    },
    async () => ({ rows: await fragmentList(app) }),
  )
  http.post(
    '/fragments',
    {
      ...write,
      schema: { tags, summary: 'A new fragment, as a draft', body: api.newFragment, response: { 200: api.madeDraft } },
    },
    async req => {
      const id = await newFragment(app, req.body, req.user)
      await audit(app, { userId: req.user.userId, action: 'fragment.new', object: `fragment/${req.body.id}` })
      return { id }
    },
  )
  http.get(
    '/content/where-used',
    {
      ...read,
      schema: {
        tags,
        summary: 'Templates, fragments and drafts that use something',
        querystring: z.object({ of: z.enum(['fragment', 'asset', 'offer', 'kind']), id: z.string().max(100) }),
        response: { 200: api.whereUsed },
      },
    },
    async req => ({ rows: await whereUsed(app, req.query) }),
  )
  for (const kind of ['template', 'fragment'] as const) routesOf(http, app, kind)
}

function routesOf(http: Http, app: App, kind: ContentKind): void {
  const path = `/${kind}s/:id`
  http.get(
    `${path}/versions`,
    {
      ...read,
      schema: { tags, summary: `Versions and drafts of a ${kind}`, params: byId, response: { 200: api.versionList } },
    },
    async req => contentVersions(app, kind, req.params.id, req.user),
  )
  http.get(
    `${path}/versions/:version`,
    {
      ...read,
      schema: { tags, summary: `One version of a ${kind}`, params: byVersion, response: { 200: api.versionDetail } },
    },
    async req => versionOf(app, kind, req.params.id, req.params.version),
  )
  http.get(
    `${path}/diff`,
    {
      ...read,
      schema: {
        tags,
        summary: 'What differs between two versions, or a version and a draft: block by block, files line by line',
        params: byId,
        querystring: z.object({ from: named, to: named }),
        response: { 200: api.difference },
      },
    },
    async req => differenceBetween(app, kind, req.params.id, req.query.from, req.query.to),
  )
  http.post(
    `${path}/drafts`,
    {
      ...write,
      schema: {
        tags,
        summary: `A draft of a ${kind}`,
        params: byId,
        body: api.draftStart,
        response: { 200: api.madeDraft },
      },
    },
    async req => {
      const id = await startDraft(app, kind, req.params.id, req.body.version, req.user)
      await audit(app, { userId: req.user.userId, action: `${kind}.draft`, object: `content/draft/${id}` })
      return { id }
    },
  )
  http.post(
    `${path}/rollback`,
    {
      ...approve,
      schema: {
        tags,
        summary: 'An older version holds again, as a new one',
        params: byId,
        body: api.rollBackTo,
        response: { 200: api.madeVersion },
      },
    },
    async req => {
      const { id } = req.params
      const version = await rollBack(app, kind, id, req.body, req.user)
      const detail = { version, restored: req.body.version, from: req.body.from }
      await audit(app, { userId: req.user.userId, action: `${kind}.rollback`, object: `${kind}/${id}`, detail })
      return { version }
    },
  )
  http.post(
    `${path}/versions/:version/withdraw`,
    {
      ...approve,
      schema: { tags, summary: 'A version holds no more', params: byVersion, response: { 200: api.done } },
    },
    async req => {
      const { id, version } = req.params
      await withdraw(app, kind, id, version)
      await audit(app, {
        userId: req.user.userId,
        action: `${kind}.withdraw`,
        object: `${kind}/${id}`,
        detail: { version },
      })
      return { ok: true as const }
    },
  )
}
