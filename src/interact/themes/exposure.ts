/**
 * What customers could write to us about: a document is before its reader's eyes for four weeks, so a day's exposure is what was made in
 * the four weeks to it, divided by 28. Bills that go out once a month would else make every other week look quiet.
 */
import type { App } from '../../platform/app.ts'
import { addDays, daysShared, type Span } from './periods.ts'

const READ_DAYS = 28

export interface Documents {
  /** Day → kind, template … → documents, of every document alike under ''. */
  made: ReadonlyMap<string, ReadonlyMap<string, number>>
}

interface Row {
  day: string
  kind: string
  template: string
  template_version: number
  offer: string
  campaign_id: number
  documents: number
}

/** Few columns, counted where they lie; what the gate refused reached nobody. */
const MADE = `
SELECT toString(toDate(composed_at)) AS day, toString(kind) AS kind, toString(template) AS template, template_version,
  toString(offer) AS offer, campaign_id, count() AS documents
FROM communications
WHERE state = 'composed' AND composed_at >= toDateTime64({from:String}, 3, 'UTC') AND composed_at < toDateTime64({until:String}, 3, 'UTC')
  AND communication_id NOT IN (SELECT communication_id FROM deliveries WHERE state IN ('refused', 'failed'))
GROUP BY day, kind, template, template_version, offer, campaign_id`

/** Keys as `dimensions.ts` names them. */
const keysOf = (row: Row): string[] => [
  '',
  `document ${row.kind}`,
  `template ${row.template}@${row.template_version}`,
  ...(row.offer === '' ? [] : [`offer ${row.offer}`]),
  ...(row.campaign_id === 0 ? [] : [`campaign ${row.campaign_id}`]),
]

export async function documentsMade(app: Pick<App, 'facts'>, span: Span): Promise<Documents> {
  const rows = await app.facts.query<Row>(MADE, {
    from: `${addDays(span.from, -READ_DAYS)} 00:00:00`,
    until: `${addDays(span.to, 1)} 00:00:00`,
  })
  const made = new Map<string, Map<string, number>>()
  for (const row of rows)
    for (const key of keysOf(row)) {
      const days = made.get(key) ?? new Map<string, number>()
      days.set(row.day, (days.get(row.day) ?? 0) + Number(row.documents))
      made.set(key, days)
    }
  return { made }
}

/** Documents of a key that were read in a span, each as a share of its four weeks. */
export function exposureOf({ made }: Documents, key: string, span: Span): number {
  let sum = 0
  for (const [day, documents] of made.get(key) ?? []) {
    const read = { from: day, to: addDays(day, READ_DAYS - 1) }
    sum += (documents * daysShared(read, span)) / READ_DAYS
  }
  return sum
}

export const madeIn = ({ made }: Documents, key: string, { from, to }: Span): number =>
  [...(made.get(key) ?? [])].reduce((sum, [day, documents]) => sum + (day >= from && day <= to ? documents : 0), 0)
