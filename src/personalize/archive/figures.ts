/** What the archive holds, by kind, and which values the ledger has to choose from. */
import type { App } from '../../platform/app.ts'
import { liveTemplates } from '../template-store.ts'
import { archiveRules, unset } from './rules.ts'

export async function ruleFigures(app: App) {
  const [rules, counts, kept, live] = await Promise.all([
    archiveRules(app),
    app.facts.query<{ kind: string; class: string; n: number }>(
      `SELECT toString(kind) AS kind, toString(any(class)) AS class, count() AS n FROM communication_words GROUP BY kind`,
    ),
    app.facts.query<{ kind: string; n: number; bytes: number }>(
      `SELECT kind, count() AS n, sum(stored) AS bytes FROM (
         SELECT toString(any(kind)) AS kind, any(stored) AS stored FROM kept_documents GROUP BY sha256
       ) GROUP BY kind`,
    ),
    liveTemplates(app),
  ])
  const classes = new Map(
    live.map(({ content }) => [content.manifest.kind as string, content.manifest.class as string]),
  )
  for (const row of counts) classes.set(row.kind, row.class)
  const countOf = new Map(counts.map(row => [row.kind, row.n]))
  const keptOf = new Map(kept.map(row => [row.kind, row]))
  const kinds = [...new Set([...classes.keys(), ...rules.keys()])].sort()
  return kinds.map(kind => {
    const klass = classes.get(kind) ?? 'service'
    return {
      ...(rules.get(kind) ?? unset(kind, klass)),
      class: klass,
      set: rules.has(kind),
      communications: countOf.get(kind) ?? 0,
      kept: keptOf.get(kind)?.n ?? 0,
      keptBytes: keptOf.get(kind)?.bytes ?? 0,
    }
  })
}

/** Read from the dictionaries of five columns: 12 ms over 300,000 rows. */
export const ledgerChoices = (app: Pick<App, 'facts'>) =>
  app.facts.one<Record<'kinds' | 'classes' | 'channels' | 'templates' | 'offers', string[]>>(
    `SELECT arraySort(groupUniqArray(toString(kind))) AS kinds, arraySort(groupUniqArray(toString(class))) AS classes,
       arraySort(groupUniqArray(toString(channel))) AS channels, arraySort(groupUniqArray(toString(template))) AS templates,
       arraySort(arrayFilter(o -> o != '', groupUniqArray(500)(toString(offer)))) AS offers
     FROM communication_words`,
  )
