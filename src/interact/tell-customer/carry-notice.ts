/** A notice on its way: claimed, sent under one id and settled, so that whatever is killed in between it is told once. */
import type { Selectable } from 'kysely'
import { recordEvents } from '../../collect/index.ts'
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import type { WorkflowSchema } from '../../platform/stores/workflow/index.ts'
import { ChannelDown } from '../channels/channel.ts'
import { carrierOf } from '../channels/channel-store.ts'
import { sendDirect } from '../direct/send-direct.ts'
import { todaysNumber } from '../inbox/todays-number.ts'
import { noticeKinds } from './kinds.ts'
import { noticeText } from './notice-text.ts'
import { type Way, wayTo } from './way-to.ts'

type Row = Selectable<WorkflowSchema['customer_notices']>

/** `later`: ask again in half an hour. Throws ChannelDown when the way is out of order; nothing was sent then. */
export async function carryNotice(app: App, key: string, now = new Date()): Promise<'done' | 'later'> {
  const row = await app.workflow.db
    .selectFrom('customer_notices')
    .selectAll()
    .where('notice_key', '=', key)
    .executeTakeFirst()
  if (!row || (row.state !== 'waiting' && row.state !== 'sending')) return 'done'
  const kind = noticeKinds[row.kind]
  const notice = await kind.read(app, row.subject)
  if (!notice) return settle(app, row, { state: 'void' })
  const customerId = await todaysNumber(app, row.customer_id)
  const begun = row.state === 'sending' ? row.channel : ''
  // Cut off in the middle: a local transport writes one id once; a server may have it already, and is not asked twice.
  if (begun !== '' && (await carrierOf(app, begun))) return settle(app, row, { state: 'uncertain' })
  if (await toldEnough(app, row, now)) return settle(app, row, { state: 'nobody', reason: 'too-many' })
  const way = await wayTo(app, customerId, begun, now)
  if (way === 'later') return 'later'
  if ('nobody' in way) return settle(app, row, { state: 'nobody', reason: way.nobody })
  await put(app, row, { state: 'sending', channel: way.channel })
  const text = await noticeText(app, row.kind, notice, way)
  const { channel, address } = way
  const { verdict } = await sendDirect(app, {
    id: sha256Of(key).slice(0, 32),
    customerId,
    kind: row.kind,
    to: { channel, address },
    ...text,
  }).catch(async (error: unknown) => {
    if (error instanceof ChannelDown && error.untouched) await put(app, row, { state: 'waiting' })
    throw error
  })
  if (verdict.state === 'deferred') {
    await put(app, row, { state: 'waiting' })
    return 'later'
  }
  if (verdict.state !== 'settled') return settle(app, row, { state: verdict.state, reason: verdict.reason })
  await noteSent(app, row, customerId, way)
  await kind.told?.(app, row.subject, channel)
  return settle(app, row, { state: 'sent' })
}

/** A machine at the other end that answers each receipt with words like a complaint would be told for ever. */
const MOST_A_DAY = 12

async function toldEnough({ workflow }: App, { customer_id, kind }: Row, now: Date): Promise<boolean> {
  const { n } = await workflow.db
    .selectFrom('customer_notices')
    .select(eb => eb.fn.countAll<number>().as('n'))
    .where('customer_id', '=', customer_id)
    .where('kind', '=', kind)
    .where('state', '=', 'sent')
    .where('settled_at', '>', new Date(now.getTime() - 24 * 3600_000))
    .executeTakeFirstOrThrow()
  return Number(n) >= MOST_A_DAY
}

const noteSent = (app: App, { notice_key, kind }: Row, customerId: number, { channel }: Way): Promise<unknown> =>
  recordEvents(app, [
    {
      eventId: `sent:notice:${notice_key}`,
      customerId,
      type: 'sent',
      channel,
      at: new Date(),
      payload: { asOf: new Date().toISOString().slice(0, 10), class: 'service', offer: '', kind },
    },
  ])

const put = (app: App, { notice_key }: Row, set: Partial<Row>): Promise<unknown> =>
  app.workflow.db.updateTable('customer_notices').set(set).where('notice_key', '=', notice_key).execute()

async function settle(app: App, row: Row, set: Partial<Row>): Promise<'done'> {
  await put(app, row, { reason: '', ...set, settled_at: new Date() })
  return 'done'
}
