/** Product owners are told when what they watch rises: looked at once a week, because each look may be wrong once in twenty. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import { tellStaff } from '../staff-notices/notices.ts'
import type { ThemeRow, Themes } from './api.ts'
import { dimensionNames } from './dimensions.ts'
import { addDays, dayOf } from './periods.ts'
import { JOIN, themesOf } from './themes.ts'

export interface Watch {
  dimension: ThemeRow['dimension'] | 'any'
  key: string
}

export async function watchesOf({ workflow }: Pick<App, 'workflow'>, userId: number) {
  const rows = await workflow.db
    .selectFrom('theme_watches')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('since', 'desc')
    .execute()
  return rows.map(({ dimension, place, label, since }) => ({
    dimension,
    key: place,
    name: label,
    since: since.toISOString(),
  }))
}

export async function setWatch(
  app: App,
  userId: number,
  { dimension, key, name, watch }: Watch & { name?: Text | undefined; watch: boolean },
): Promise<void> {
  const { db } = app.workflow
  if (!watch) {
    await db
      .deleteFrom('theme_watches')
      .where('user_id', '=', userId)
      .where('dimension', '=', dimension)
      .where('place', '=', key)
      .execute()
    return
  }
  const label = asJson(name ?? { en: key, zh: key })
  await db
    .insertInto('theme_watches')
    .values({ user_id: userId, dimension, place: key, label, since: new Date() })
    .onConflict(conflict => conflict.columns(['user_id', 'dimension', 'place']).doUpdateSet({ label }))
    .execute()
  await app.jobs.schedule(watchJob, '17 5 * * 1', {})
}

/** Themes in words are made anew each time: one is the same as another that shares a term with it. */
export function isWatched(
  watch: { dimension: string; key: string },
  row: Pick<ThemeRow, 'dimension' | 'key'>,
): boolean {
  if (watch.dimension === 'any') return true
  if (watch.dimension !== row.dimension) return false
  if (row.dimension !== 'words') return watch.key === row.key
  const terms = new Set(watch.key.split(JOIN))
  return row.key.split(JOIN).some(term => terms.has(term))
}

/** One notice a theme, person and four weeks. */
export async function tellRisingThemes(app: App, today = dayOf(Date.now())): Promise<{ told: number }> {
  const watches = await app.workflow.db.selectFrom('theme_watches').selectAll().execute()
  if (watches.length === 0) return { told: 0 }
  const themes = await themesOf(app, { by: 'week', view: 'changes' }, today)
  const rising = themes.rows.filter(({ verdict }) => verdict === 'rising')
  const since = new Date(`${addDays(today, -27)}T00:00:00Z`)
  let told = 0
  for (const row of rising) {
    const theme = `theme/${row.dimension}/${row.key}/`
    const lately = await app.workflow.db
      .selectFrom('staff_notices')
      .select('user_id')
      .where(eb => eb.fn<boolean>('starts_with', ['about', eb.val(theme)]))
      .where('at', '>=', since)
      .execute()
    const knows = new Set(lately.map(one => one.user_id))
    const users = watches
      .filter(watch => isWatched({ dimension: watch.dimension, key: watch.place }, row))
      .map(watch => watch.user_id)
      .filter(user => !knows.has(user))
    await tellStaff(app, users, noticeOf(row, themes, `${theme}${today}`))
    told += new Set(users).size
  }
  return { told }
}

function noticeOf(row: ThemeRow, { now, before }: Themes, about: string) {
  const of = dimensionNames[row.dimension]
  const times = row.ratio
    ? { en: `, ${row.ratio.rate.toFixed(1)} times as often`, zh: `，为此前的 ${row.ratio.rate.toFixed(1)} 倍` }
    : { en: '', zh: '' }
  return {
    about,
    title: { en: `Rising: ${row.name.en}`, zh: `上升：${row.name.zh}` },
    says: {
      en: `${of.en}: ${row.now.customers} customers from ${now.from} to ${now.to}, ${row.before.customers} in the four weeks before${times.en}.`,
      zh: `${of.zh}：${now.from} 至 ${now.to} 有 ${row.now.customers} 位客户反映，此前四周（${before.from} 起）为 ${row.before.customers} 位${times.zh}。`,
    },
    path: `/themes?view=${row.dimension}&open=${encodeURIComponent(row.key)}`,
  }
}

export const watchJob: JobDefinition = defineJob({
  name: 'interact.tell-rising-themes',
  version: 1,
  schema: z.object({}),
  retry: { limit: 2, delaySeconds: 300 },
  async handle(_, { services: { app } }) {
    await tellRisingThemes(app)
  },
}) as JobDefinition
