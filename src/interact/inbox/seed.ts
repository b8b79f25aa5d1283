/**
 * Replies made for the house, so that a company that has labelled nothing yet has a classifier: some 480 a class and language, as people
 * write. Each file is a sitting of its own: the first, how people talk, words of another class, odd ones, plain ones, trades. Leaving a sitting out
 * says what wordings of somebody else will find (classify.long.test.ts).
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { REPLY_CLASSES, type ReplyClass } from './classes.ts'
import type { Labelled } from './learn.ts'

const setSchema = z.record(z.enum(REPLY_CLASSES), z.array(z.string().min(1)))

export const LANGUAGES = ['zh', 'en'] as const
export const SITTINGS = ['', '-spoken', '-tangled', '-mixed', '-plain'] as const
export const SEEDS = [...SITTINGS.flatMap(sitting => LANGUAGES.map(language => language + sitting)), 'en-trades']

export async function readSet(name: string): Promise<Labelled[]> {
  const text = await readFile(join(import.meta.dirname, 'sets', `${name}.json`), 'utf8')
  const set = setSchema.parse(JSON.parse(text))
  return Object.entries(set).flatMap(([label, texts]) =>
    texts.map(wording => ({ text: wording, class: label as ReplyClass })),
  )
}
