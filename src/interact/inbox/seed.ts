/** Replies made for the house, so that a company that has labelled nothing yet has a classifier: some 200 a class and language, as people write. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { REPLY_CLASSES, type ReplyClass } from './classes.ts'
import type { Labelled } from './learn.ts'

const setSchema = z.record(z.enum(REPLY_CLASSES), z.array(z.string().min(1)))

export const SEEDS = ['zh', 'en'] as const

export async function readSet(name: string): Promise<Labelled[]> {
  const text = await readFile(join(import.meta.dirname, 'sets', `${name}.json`), 'utf8')
  const set = setSchema.parse(JSON.parse(text))
  return Object.entries(set).flatMap(([label, texts]) =>
    texts.map(wording => ({ text: wording, class: label as ReplyClass })),
  )
}
