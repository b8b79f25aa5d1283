/** Channels as people configured them. What is secret is never handed out again; an empty secret in a change keeps the one there is. */
import type { Selectable } from 'kysely'
import type { App } from '../../platform/app.ts'
import { asJson, type WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { errors } from '../errors.ts'
import type { ChannelKind, Opening } from './channel.ts'
import { channelKind, isCarried } from './index.ts'
import { seal, unseal } from './secrets.ts'

export type ChannelRow = Selectable<WorkflowSchema['delivery_channels']>

export interface ChannelDraft {
  kind: string
  name: string
  settings: Record<string, unknown>
  secrets: Record<string, string>
  state: 'on' | 'off'
  position: number
}

type Store = Pick<App, 'workflow' | 'config'>

export const channels = ({ workflow }: Pick<App, 'workflow'>): Promise<ChannelRow[]> =>
  workflow.db
    .selectFrom('delivery_channels')
    .selectAll()
    .where('deleted_at', 'is', null)
    .orderBy('position')
    .orderBy('channel_id')
    .execute()

export async function channelOf({ workflow }: Pick<App, 'workflow'>, channelId: number): Promise<ChannelRow> {
  const row = await workflow.db
    .selectFrom('delivery_channels')
    .selectAll()
    .where('channel_id', '=', channelId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw errors['interact.no-channel']({ channel: channelId })
  return row
}

/** The configured channel that carries this kind of message; undefined: the local one does. */
export async function carrierOf(app: Pick<App, 'workflow'>, channel: string): Promise<ChannelRow | undefined> {
  const on = (await channels(app)).filter(row => row.state === 'on')
  return on.find(row => isCarried(channelKind(row.kind), channel))
}

export async function openingOf(app: Store, row: ChannelRow): Promise<Opening> {
  return { settings: readSettings(channelKind(row.kind), row.settings), secrets: await unseal(app, row.secrets) }
}

export function readSettings(kind: ChannelKind, settings: Record<string, unknown>): Record<string, unknown> {
  const read = kind.settings.safeParse(settings)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  throw errors['interact.bad-setting']({ field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' })
}

export async function saveChannel(
  app: Store,
  draft: ChannelDraft,
  { channelId, userId }: { channelId?: number; userId: number },
): Promise<number> {
  const kind = channelKind(draft.kind)
  const settings = asJson(readSettings(kind, draft.settings))
  const before = channelId === undefined ? undefined : await channelOf(app, channelId)
  const secrets: Record<string, string> = before ? { ...(await unseal(app, before.secrets).catch(() => ({}))) } : {}
  for (const name of kind.secrets) if (draft.secrets[name]) secrets[name] = draft.secrets[name]
  const sealed = await seal(app, secrets)
  const common = { name: draft.name, settings, secrets: sealed, state: draft.state, position: draft.position }
  if (before) {
    // What was changed may be what was wrong: it is tried again at once.
    await app.workflow.db
      .updateTable('delivery_channels')
      .set({ ...common, not_before: null, setbacks: 0 })
      .where('channel_id', '=', before.channel_id)
      .execute()
    return before.channel_id
  }
  const { channel_id } = await app.workflow.db
    .insertInto('delivery_channels')
    .values({
      ...common,
      kind: draft.kind,
      paused: false,
      not_before: null,
      setbacks: 0,
      created_by: userId,
      created_at: new Date(),
      deleted_at: null,
    })
    .returning('channel_id')
    .executeTakeFirstOrThrow()
  return channel_id
}
