/** Sender pools of this process, one a configured channel, closed when the channel changed or nothing was sent for a while. */
import type { App } from '../../platform/app.ts'
import { type ChannelRow, openingOf } from '../channels/channel-store.ts'
import { openSenderPool, type SenderPool } from './sender-pool.ts'

const IDLE_MS = 30_000

interface Kept {
  pool: SenderPool
  /** What it was opened with. */
  version: string
  idle: NodeJS.Timeout
  busy: number
}

const pools = new WeakMap<App['workflow'], Map<number, Kept>>()

const poolsOf = (app: Pick<App, 'workflow'>): Map<number, Kept> => {
  const known = pools.get(app.workflow)
  if (known) return known
  const fresh = new Map<number, Kept>()
  pools.set(app.workflow, fresh)
  return fresh
}

export async function withPool<T>(app: App, row: ChannelRow, work: (pool: SenderPool) => Promise<T>): Promise<T> {
  const own = poolsOf(app)
  const version = JSON.stringify([row.settings, row.secrets])
  const before = own.get(row.channel_id)
  if (before && before.version !== version) {
    own.delete(row.channel_id)
    if (before.busy === 0) void before.pool.close()
  }
  const opening = own.has(row.channel_id) ? undefined : await openingOf(app, row)
  let kept = own.get(row.channel_id)
  if (!kept && opening) {
    const idle = setTimeout(() => void endIfIdle(own, row.channel_id), IDLE_MS)
    idle.unref()
    kept = { pool: openSenderPool(row.kind, opening), version, idle, busy: 0 }
    own.set(row.channel_id, kept)
  }
  const mine = kept!
  mine.busy++
  try {
    return await work(mine.pool)
  } finally {
    mine.busy--
    mine.idle.refresh()
    // Replaced while it worked.
    if (mine.busy === 0 && own.get(row.channel_id) !== mine) void mine.pool.close()
  }
}

async function endIfIdle(own: Map<number, Kept>, channelId: number): Promise<void> {
  const kept = own.get(channelId)
  if (!kept) return
  if (kept.busy > 0) return void kept.idle.refresh()
  own.delete(channelId)
  await kept.pool.close()
}

/** In this process; others look at the channel's row before each part. */
export function haltChannel(app: Pick<App, 'workflow'>, channelId: number, hard: boolean): void {
  poolsOf(app).get(channelId)?.pool.halt(hard)
}

export async function closePools(app: Pick<App, 'workflow'>): Promise<void> {
  const own = poolsOf(app)
  const all = [...own.values()]
  own.clear()
  for (const { idle } of all) clearTimeout(idle)
  await Promise.all(all.map(({ pool }) => pool.close()))
}
