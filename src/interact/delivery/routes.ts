import { z } from 'zod'
import { linkSettings, saveLinkSettings } from '../../personalize/index.ts'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { type ChannelRow, channelOf, channels, saveChannel } from '../channels/channel-store.ts'
import { channelKind, channelKinds } from '../channels/index.ts'
import { unseal } from '../channels/secrets.ts'
import { scheduleFallback } from '../fallback/fallback-job.ts'
import { readDeliverySettings, saveDeliverySettings } from '../queue/settings.ts'
import {
  channelBody,
  channelList,
  channelMade,
  type channelRow,
  decided,
  deliveryView,
  dkimRecords,
  kindList,
  settingsView,
  tested,
  testSendBody,
  testSent,
  uncertainBody,
  uncertainList,
} from './api.ts'
import { control, dkimKeys, sendTest, testChannel } from './control.ts'
import { overview } from './overview.ts'
import { decideUncertain, listUncertain } from './uncertain.ts'

const read = { permission: 'delivery.read' } as const
const manage = { permission: 'delivery.manage' } as const
const tags = ['delivery']
const byId = z.object({ id: z.coerce.number().int().positive() })

export function deliveryRoutes(http: Http, app: App): void {
  http.get(
    '/delivery',
    { config: read, schema: { tags, summary: 'The queue by channel, notices', response: { 200: deliveryView } } },
    () => overview(app),
  )
  http.get(
    '/delivery/settings',
    { config: read, schema: { tags, summary: 'Settings of delivery', response: { 200: settingsView } } },
    () => settingsOf(app),
  )
  http.put(
    '/delivery/settings',
    {
      config: manage,
      schema: { tags, summary: 'Change settings of delivery', body: settingsView, response: { 200: settingsView } },
    },
    async req => {
      const { publicUrl, opens, clicks, ...own } = req.body
      await saveLinkSettings(app, { publicUrl, opens, clicks })
      await saveDeliverySettings(app, own)
      await scheduleFallback(app, own.fallback)
      await audit(app, { userId: req.user.userId, action: 'delivery.settings', object: 'delivery' })
      return settingsOf(app)
    },
  )
  http.post(
    '/delivery/notices/:id/seen',
    { config: read, schema: { tags, summary: 'Put a notice away', params: byId, response: { 204: z.null() } } },
    async (req, reply) => {
      await app.workflow.db
        .updateTable('delivery_notices')
        .set({ seen_by: req.user.userId })
        .where('notice_id', '=', req.params.id)
        .execute()
      return reply.code(204).send(null)
    },
  )
  uncertainRoutes(http, app)
  channelRoutes(http, app)
}

async function settingsOf(app: App): Promise<z.infer<typeof settingsView>> {
  return { ...(await readDeliverySettings(app)), ...(await linkSettings(app)) }
}

function uncertainRoutes(http: Http, app: App): void {
  http.get(
    '/delivery/uncertain',
    {
      config: read,
      schema: {
        tags,
        summary: 'Messages that may or may not have gone out',
        querystring: z.object({
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: uncertainList },
      },
    },
    req => listUncertain(app, req.query),
  )
  http.post(
    '/delivery/uncertain',
    {
      config: manage,
      schema: { tags, summary: 'Decide about them', body: uncertainBody, response: { 200: decided } },
    },
    async req => {
      const { ids, decision } = req.body
      const count = await decideUncertain(app, ids, decision)
      await audit(app, {
        userId: req.user.userId,
        action: `delivery.uncertain-${decision}`,
        object: 'delivery',
        detail: { decided: count },
      })
      return { decided: count }
    },
  )
}

async function viewOf(app: App, row: ChannelRow): Promise<z.infer<typeof channelRow>> {
  const kind = channelKind(row.kind)
  const secrets = await unseal(app, row.secrets).catch(() => ({}))
  return {
    channelId: row.channel_id,
    kind: row.kind,
    title: kind.title,
    carries: [...kind.carries],
    name: row.name,
    settings: row.settings,
    secretsSet: Object.keys(secrets),
    state: row.state,
    paused: row.paused,
    position: row.position,
    notBefore: row.not_before && row.not_before > new Date() ? row.not_before.toISOString() : null,
    canTest: kind.can.test,
    works: kind.works,
  }
}

function channelRoutes(http: Http, app: App): void {
  const note = (userId: number, action: string, channelId: number, detail: Record<string, unknown> = {}) =>
    audit(app, { userId, action, object: `channel/${channelId}`, detail })

  http.get(
    '/delivery/kinds',
    { config: read, schema: { tags, summary: 'Kinds of channel and their settings', response: { 200: kindList } } },
    async () => ({
      rows: channelKinds.map(({ kind, title, about, carries, works, can, fields }) => ({
        kind,
        title,
        about,
        carries: [...carries],
        works,
        can,
        fields: fields.map(field => ({ ...field, choices: field.choices ? [...field.choices] : undefined })),
      })),
    }),
  )
  http.get(
    '/delivery/channels',
    { config: read, schema: { tags, summary: 'Channels as configured', response: { 200: channelList } } },
    async () => ({ rows: await Promise.all((await channels(app)).map(row => viewOf(app, row))) }),
  )
  http.post(
    '/delivery/channels',
    { config: manage, schema: { tags, summary: 'Add a channel', body: channelBody, response: { 200: channelMade } } },
    async req => {
      const channelId = await saveChannel(app, req.body, { userId: req.user.userId })
      await note(req.user.userId, 'channel.add', channelId, { kind: req.body.kind })
      return { channelId }
    },
  )
  http.put(
    '/delivery/channels/:id',
    {
      config: manage,
      schema: { tags, summary: 'Change a channel', params: byId, body: channelBody, response: { 200: channelMade } },
    },
    async req => {
      const channelId = await saveChannel(app, req.body, { channelId: req.params.id, userId: req.user.userId })
      await note(req.user.userId, 'channel.change', channelId, { state: req.body.state })
      return { channelId }
    },
  )
  for (const [act, deleted] of [
    ['remove', true],
    ['restore', false],
  ] as const)
    http.post(
      `/delivery/channels/:id/${act}`,
      { config: manage, schema: { tags, summary: `${act} a channel`, params: byId, response: { 200: channelMade } } },
      async req => {
        await app.workflow.db
          .updateTable('delivery_channels')
          .set({ deleted_at: deleted ? new Date() : null })
          .where('channel_id', '=', req.params.id)
          .execute()
        await note(req.user.userId, `channel.${act}`, req.params.id)
        return { channelId: req.params.id }
      },
    )
  for (const act of ['pause', 'resume', 'stop'] as const)
    http.post(
      `/delivery/channels/:id/${act}`,
      { config: manage, schema: { tags, summary: `${act} sending`, params: byId, response: { 200: channelMade } } },
      async req => {
        await control(app, req.params.id, act)
        await note(req.user.userId, `channel.${act}`, req.params.id)
        return { channelId: req.params.id }
      },
    )
  http.post(
    '/delivery/channels/:id/test',
    { config: manage, schema: { tags, summary: 'Try the connection', params: byId, response: { 200: tested } } },
    async req => ({ answered: await testChannel(app, await channelOf(app, req.params.id)) }),
  )
  http.post(
    '/delivery/channels/:id/test-send',
    {
      config: manage,
      schema: {
        tags,
        summary: "Send the template's example to one address, or to the seed addresses",
        params: byId,
        body: testSendBody,
        response: { 200: testSent },
      },
    },
    async req => {
      const { to, language } = req.body
      const rows = await sendTest(app, await channelOf(app, req.params.id), to, language)
      await note(req.user.userId, 'channel.test-send', req.params.id, { sent: rows.length })
      return { rows }
    },
  )
  http.post(
    '/delivery/channels/:id/dkim',
    {
      config: manage,
      schema: { tags, summary: 'Make DKIM keys; the DNS records', params: byId, response: { 200: dkimRecords } },
    },
    async req => {
      const rows = await dkimKeys(app, await channelOf(app, req.params.id))
      await note(req.user.userId, 'channel.dkim', req.params.id)
      return { rows }
    },
  )
}
