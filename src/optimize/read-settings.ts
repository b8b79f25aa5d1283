import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import type { Text } from '../platform/text.ts'
import { optimizeErrors } from './errors.ts'

/** A text in a settings file, by language tag. */
export const fileText = z
  .strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) })
  .transform((text): Text => ({ en: text.en, zh: text['zh-CN'] }))

/** Reads a JSON settings file; what is wrong is said with the place in the file. */
export async function readSettings<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const file = basename(path)
  const unreadable = (reason: string, cause: unknown) =>
    optimizeErrors['optimize.settings-unreadable']({ file, reason }, cause)
  let json: unknown
  try {
    json = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error), error)
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw unreadable(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`, parsed.error)
}
