import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { needErrors } from './errors.ts'
import { needBodySchema, needCode } from './need.ts'
import { checkNeedRule, needFeatures } from './need-features.ts'
import { allVersions, releaseDraft, saveDraft } from './versions.ts'

const fileSchema = z.strictObject({ needs: z.array(needBodySchema.extend({ code: needCode })).max(500) })

/** The sample company's needs, where none are kept: what people have changed since is theirs. */
export async function loadNeeds(app: App, file: string): Promise<number> {
  if ((await allVersions(app)).length > 0) return 0
  let json: unknown
  try {
    json = JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw needErrors['needs.unreadable']({ file, reason: (cause as Error).message }, cause)
  }
  const parsed = fileSchema.safeParse(json)
  if (!parsed.success) {
    const reason = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; ')
    throw needErrors['needs.unreadable']({ file, reason })
  }
  const features = await needFeatures(app)
  for (const { code, ...body } of parsed.data.needs) {
    checkNeedRule(code, body.rule, features)
    await saveDraft(app, code, body, null)
    await releaseDraft(app, code, null, null)
  }
  return parsed.data.needs.length
}
