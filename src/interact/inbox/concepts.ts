/**
 * What words of both languages speak of, as features beside the n-grams: a seed of some thousand wordings cannot hold every word for
 * "broken". What they are worth: see features.ts.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Concept → alternatives of a regular expression: whole words of what is written with letters (no apostrophes), pieces of Chinese. */
const wordsSchema = z.record(z.string(), z.object({ en: z.string().min(1), zh: z.string().min(1) }))

const WORDS = Object.entries(
  wordsSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'sets', 'concepts.json'), 'utf8'))),
).map(([name, { en, zh }]) => ({
  name,
  words: new RegExp(`(?<![\\p{Script=Latin}\\p{M}])(?:${en})(?![\\p{Script=Latin}\\p{M}])|(?:${zh})`, 'gu'),
}))

/** Names of what a sentence, in lower case, speaks of, in the order of its words; a name as often as it is spoken of. */
export function conceptsIn(sentence: string): string[] {
  const found: { name: string; at: number }[] = []
  for (const { name, words } of WORDS) for (const { index } of sentence.matchAll(words)) found.push({ name, at: index })
  return found.sort((a, b) => a.at - b.at).map(({ name }) => name)
}
