import type { App } from '../../../platform/app.ts'
import { featureCatalogue } from '../catalogue.ts'
import { declaredFeatures, idOf, insertVersion } from './store.ts'

interface Seen {
  name: string
  customers: number
  different: number
  numbers: number
  lists: number
  length: number
  sentences: number
}

const seenSql = `
SELECT
  name,
  uniqExact(customer_id) AS customers,
  uniqExact(value) AS different,
  avg(isNotNull(toFloat64OrNull(value))) AS numbers,
  avg(match(value, '[;；|、]')) AS lists,
  avg(lengthUTF8(value)) AS length,
  avg(match(value, '[.。!！?？]$')) AS sentences
FROM customer_attributes
WHERE run_id = {identityRun:UInt64} AND at < toDateTime({asOf:Date}, 'UTC') AND value != ''
GROUP BY name
ORDER BY name`

/** More different words than this are free text (comments), which no rule can ask for. */
const MOST_WORDS = 200
const MOST_LENGTH = 40

/** What kind of answer it is, by what was answered; null: free text, which ends in full stops. */
export function kindOfAnswer(seen: Omit<Seen, 'name' | 'customers'>): 'number' | 'list' | 'text' | null {
  if (seen.numbers >= 0.95) return 'number'
  if (seen.length > MOST_LENGTH || seen.sentences >= 0.2) return null
  if (seen.lists >= 0.05) return 'list'
  return seen.different <= MOST_WORDS ? 'text' : null
}

/** Answers that came with imported research become features by themselves, once, and may be renamed or withdrawn afterwards. */
export async function discoverAnswers(
  app: Pick<App, 'workflow' | 'facts'>,
  identityRun: number,
  asOf: string,
): Promise<void> {
  const seen = await app.facts.query<Seen>(seenSql, { identityRun, asOf })
  const known = await declaredFeatures(app)
  const declared = new Set(
    known.flatMap(({ definition }) => (definition.over === 'answers' ? [definition.attribute] : [])),
  )
  const built = new Set(
    featureCatalogue.filter(feature => feature.source === 'customer_attributes').map(({ id }) => id),
  )
  const ids = new Set(known.map(({ id }) => id))
  const names = new Set(known.flatMap(({ name }) => [name.en, name.zh]))
  for (const answer of seen) {
    const as = declared.has(answer.name) || built.has(answer.name) ? null : kindOfAnswer(answer)
    if (as === null) continue
    const words = answer.name.replaceAll('_', ' ').trim().slice(0, 80)
    const plain = words.charAt(0).toUpperCase() + words.slice(1)
    const title = names.has(plain) ? `${plain} (${answer.name})` : plain
    const id = ids.has(idOf(answer.name)) ? idOf(`answer ${answer.name} ${as}`) : idOf(answer.name)
    ids.add(id)
    names.add(title)
    await insertVersion(app, {
      id,
      version: 1,
      name: { en: title, zh: title },
      meaning: { en: '', zh: '' },
      definition: { over: 'answers', attribute: answer.name, as },
      state: 'released',
      createdBy: null,
      createdAt: new Date(),
    })
  }
}
