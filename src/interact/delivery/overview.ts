/** The queue by channel, with what is left of it and how long that will take. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { carrierOf } from '../channels/channel-store.ts'
import type { deliveryView, noticeRow, queueRow } from './api.ts'
import { forecastOf, PACE_SQL } from './forecast.ts'
import { countUncertain } from './uncertain.ts'

export async function overview(app: App): Promise<z.infer<typeof deliveryView>> {
  const [queue, notices, uncertain] = await Promise.all([queueOf(app), noticesOf(app), countUncertain(app)])
  return { queue, notices, uncertain }
}

/** Runs that are not through, and the newest one that is. */
async function queueOf(app: App): Promise<z.infer<typeof queueRow>[]> {
  const { db } = app.workflow
  const open = await db.selectFrom('delivery_parts').select('run_id').distinct().where('state', '!=', 'done').execute()
  const newest = await db
    .selectFrom('delivery_parts')
    .select(eb => eb.fn.max('run_id').as('run_id'))
    .executeTakeFirst()
  const runs = [...new Set([...open.map(row => row.run_id), Number(newest?.run_id ?? 0)])].filter(run => run > 0)
  if (runs.length === 0) return []
  const parts = await db
    .selectFrom('delivery_parts')
    .select(eb => [
      'channel',
      'state',
      eb.fn.countAll<number>().as('parts'),
      ...(['messages', 'settled', 'refused', 'failed', 'uncertain'] as const).map(name =>
        eb.fn.sum<number>(name).as(name),
      ),
      eb.fn.min('next_at').as('next_at'),
    ])
    .where('run_id', 'in', runs)
    .groupBy(['channel', 'state'])
    .execute()
  const paces = await app.facts.query<{ channel: string; slots: number[] }>(PACE_SQL, { runs })
  const slots = new Map(paces.map(row => [row.channel, row.slots]))
  const rows: z.infer<typeof queueRow>[] = []
  for (const [channel, own] of Map.groupBy(parts, row => row.channel)) {
    const sum = (name: 'messages' | 'settled' | 'refused' | 'failed' | 'uncertain') =>
      own.reduce((all, row) => all + Number(row[name]), 0)
    const count = (state: string) => Number(own.find(row => row.state === state)?.parts ?? 0)
    const counts = {
      messages: sum('messages'),
      settled: sum('settled'),
      refused: sum('refused'),
      failed: sum('failed'),
      uncertain: sum('uncertain'),
    }
    const waiting = counts.messages - counts.settled - counts.refused - counts.failed - counts.uncertain
    const carrier = await carrierOf(app, channel)
    const next = [
      ...own.flatMap(row => (row.next_at ? [new Date(row.next_at)] : [])),
      ...(carrier?.not_before ? [carrier.not_before] : []),
    ].filter(at => at > new Date())
    rows.push({
      channel,
      by: carrier?.name ?? null,
      channelId: carrier?.channel_id ?? null,
      ...counts,
      waiting,
      parts: { waiting: count('waiting'), sending: count('sending'), stopped: count('stopped'), done: count('done') },
      paused: carrier?.paused ?? false,
      nextAt: count('sending') === 0 && next.length > 0 ? new Date(Math.min(...next.map(Number))).toISOString() : null,
      forecast: forecastOf(slots.get(channel) ?? [], waiting),
    })
  }
  return rows.sort((a, b) => a.channel.localeCompare(b.channel))
}

async function noticesOf({ workflow }: App): Promise<z.infer<typeof noticeRow>[]> {
  const rows = await workflow.db
    .selectFrom('delivery_notices')
    .selectAll()
    .where('seen_by', 'is', null)
    .orderBy(eb => eb('over_at', 'is', null), 'desc')
    .orderBy('last_at', 'desc')
    .limit(50)
    .execute()
  return rows.map(row => ({
    noticeId: row.notice_id,
    text: row.text,
    times: row.times,
    firstAt: row.first_at.toISOString(),
    lastAt: row.last_at.toISOString(),
    overAt: row.over_at?.toISOString() ?? null,
  }))
}
