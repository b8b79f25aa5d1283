/** What customers say against offers, how often, and how often the offer was taken after all. */
import { sql } from 'kysely'
import { objectionsOn } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { refuseBadPeriod } from './figures.ts'
import { namesOf } from './names.ts'
import { type Share, shareOf } from './shares.ts'

export interface ObjectionFigure {
  id: string
  says: Text
  /** It is answered at the desk today. */
  live: boolean
  offers: Text[]
  /** Of the calls in which an offer stood and somebody was spoken to. */
  heard: Share & { yes: number }
  accepted: Share & { yes: number }
}

/** `heard` counts calls; one call may hold several objections. */
const HEARD = (from: string, to: string, offer: string) => sql<{ id: string; heard: number; accepted: number }>`
  WITH spoken AS (
    SELECT objections, outcome FROM desk_outcomes
    WHERE at >= ${from}::date AND at < ${to}::date + 1 AND reached AND offer <> '' AND (${offer} = '' OR offer = ${offer})
  )
  SELECT '' AS id, count(*)::int4 AS heard, count(*) FILTER (WHERE outcome = 'accepted')::int4 AS accepted FROM spoken
  UNION ALL
  SELECT said, count(*)::int4, count(*) FILTER (WHERE outcome = 'accepted')::int4
  FROM spoken CROSS JOIN LATERAL unnest(objections) AS said GROUP BY said`

export async function objectionFigures(
  app: App,
  { from, to, offer }: { from: string; to: string; offer: string },
): Promise<{ spoken: number; none: Share & { yes: number }; rows: ObjectionFigure[] }> {
  refuseBadPeriod({ from, to })
  const [{ rows }, live, names, silent] = await Promise.all([
    HEARD(from, to, offer).execute(app.workflow.db),
    objectionsOn(app),
    namesOf(app),
    withoutAny(app, from, to, offer),
  ])
  const spoken = rows.find(({ id }) => id === '')?.heard ?? 0
  const counted = new Map(rows.filter(({ id }) => id !== '').map(row => [row.id, row]))
  const known = new Map(live.map(one => [one.id, one]))
  const shown = live.filter(({ offers }) => offer === '' || offers.length === 0 || offers.includes(offer))
  const ids = [...new Set([...counted.keys(), ...shown.map(({ id }) => id)])]
  const titles = await lastTitles(
    app,
    ids.filter(id => !known.has(id)),
  )
  const figures = ids.map(id => {
    const { heard = 0, accepted = 0 } = counted.get(id) ?? {}
    return {
      id,
      says: known.get(id)?.says ?? titles.get(id) ?? { en: id, zh: id },
      live: known.has(id),
      offers: (known.get(id)?.offers ?? []).map(one => names.offer(one)),
      heard: { yes: heard, ...shareOf(heard, spoken) },
      accepted: { yes: accepted, ...shareOf(accepted, heard) },
    }
  })
  return { spoken, none: silent, rows: figures.sort((a, b) => b.heard.yes - a.heard.yes || a.id.localeCompare(b.id)) }
}

/** To compare with: calls in which nothing was said against the offer. */
async function withoutAny({ workflow }: Pick<App, 'workflow'>, from: string, to: string, offer: string) {
  const { rows } = await sql<{ of: number; yes: number }>`
    SELECT count(*)::int4 AS of, count(*) FILTER (WHERE outcome = 'accepted')::int4 AS yes FROM desk_outcomes
    WHERE at >= ${from}::date AND at < ${to}::date + 1 AND reached AND offer <> '' AND (${offer} = '' OR offer = ${offer})
      AND cardinality(objections) = 0`.execute(workflow.db)
  const { yes = 0, of = 0 } = rows[0] ?? {}
  return { yes, ...shareOf(yes, of) }
}

/** Of objections that were withdrawn since. */
async function lastTitles({ workflow }: Pick<App, 'workflow'>, ids: readonly string[]): Promise<Map<string, Text>> {
  if (ids.length === 0) return new Map()
  const rows = await workflow.db
    .selectFrom('fragment_versions')
    .distinctOn('fragment')
    .select(['fragment', 'body'])
    .where('fragment', 'in', ids)
    .orderBy('fragment')
    .orderBy('version', 'desc')
    .execute()
  return new Map(rows.map(({ fragment, body }) => [fragment, body.title]))
}
