import { readFile } from 'node:fs/promises'
import type { App } from '../../platform/app.ts'
import { fileError } from '../import/read-text.ts'
import { qualityErrors } from './errors.ts'
import { ruleFileSchema } from './rule.ts'
import { importRules, rules } from './rule-book.ts'

/** Rules of a file on disk, on top of the standard ones; those that people have changed since stay as people have them. */
export async function loadRulesFile(app: App, file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(error => {
    throw fileError(file, error)
  })
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (error) {
    throw qualityErrors['quality.rules-file-bad'](
      { reason: error instanceof Error ? error.message : String(error) },
      error,
    )
  }
  const read = ruleFileSchema.safeParse(given)
  if (!read.success)
    throw qualityErrors['quality.rules-file-bad']({
      reason: read.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    })
  const known = new Set((await rules(app)).map(rule => rule.id))
  await importRules(
    app,
    read.data.rules.filter(rule => !known.has(rule.id)),
    0,
  )
}
