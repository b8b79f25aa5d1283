/** The words people agreed to: versions that are never changed, each with the days it was in use. */
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import { consentErrors } from './errors.ts'

export interface Wording {
  code: string
  version: number
  purpose: string
  text: Text
  validFrom: string
  validTo: string | null
}

type Store = Pick<App, 'workflow'>

export async function wordings(app: Store): Promise<Wording[]> {
  const rows = await app.workflow.db
    .selectFrom('consent_wordings')
    .selectAll()
    .orderBy('code')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(row => ({
    code: row.code,
    version: row.version,
    purpose: row.purpose,
    text: row.text,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }))
}

/** A new version; the one before it ends the day this one begins. */
export async function addWording(
  app: Store,
  { code, purpose, text, validFrom }: Pick<Wording, 'code' | 'purpose' | 'text' | 'validFrom'>,
  userId: number,
): Promise<number> {
  return app.workflow.transaction(async tx => {
    const newest = await tx
      .selectFrom('consent_wordings')
      .select(['version', 'valid_from'])
      .where('code', '=', code)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    const version = (newest?.version ?? 0) + 1
    if (newest && newest.valid_from >= validFrom)
      throw consentErrors['consent.wording-kept']({ wording: code, version: newest.version })
    if (newest)
      await tx
        .updateTable('consent_wordings')
        .set({ valid_to: validFrom })
        .where('code', '=', code)
        .where('version', '=', newest.version)
        .execute()
    await tx
      .insertInto('consent_wordings')
      .values({
        code,
        version,
        purpose,
        text: asJson(text),
        valid_from: validFrom,
        valid_to: null,
        created_by: userId,
        created_at: new Date(),
      })
      .execute()
    return version
  })
}

/** A version 0 names words of another system, which imports and events may bring; any other must be in the register. */
export async function checkWordings(
  app: Store,
  statements: readonly { wording: string; wordingVersion: number }[],
): Promise<void> {
  const named = statements.filter(({ wordingVersion }) => wordingVersion > 0)
  if (named.length === 0) return
  const known = new Set((await wordings(app)).map(({ code, version }) => `${code} ${version}`))
  for (const { wording, wordingVersion } of named)
    if (!known.has(`${wording} ${wordingVersion}`))
      throw consentErrors['consent.no-wording']({ wording, version: wordingVersion })
}
