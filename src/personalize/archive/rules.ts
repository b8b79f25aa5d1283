/** Per kind of communication: whether its very bytes are kept, and after how many years what it said is deleted. */
import type { App } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { remember } from '../compose/remember.ts'

export interface ArchiveRule {
  kind: string
  keepBytes: boolean
  /** null: as long as the company likes. */
  years: number | null
}

type Store = Pick<App, 'workflow'>

/** What nobody has set: legal mail keeps its bytes, nothing is ever deleted. */
export const unset = (kind: string, klass: string): ArchiveRule => ({ kind, keepBytes: klass === 'legal', years: null })

const READ_AGAIN_MS = 5000
interface Kept {
  at: number
  rules: Map<string, ArchiveRule>
}
const kept = new WeakMap<Store['workflow'], { current: Kept | undefined }>()

/** By kind, of those that somebody set. */
export async function archiveRules(app: Store): Promise<Map<string, ArchiveRule>> {
  const holder = remember(kept, app.workflow, () => ({ current: undefined as Kept | undefined }))
  if (holder.current && Date.now() - holder.current.at < READ_AGAIN_MS) return holder.current.rules
  const rows = await app.workflow.db.selectFrom('archive_rules').selectAll().execute()
  const rules = new Map(rows.map(({ kind, keep_bytes, years }) => [kind, { kind, keepBytes: keep_bytes, years }]))
  holder.current = { at: Date.now(), rules }
  return rules
}

export async function setArchiveRule(app: Store, rule: ArchiveRule, userId: number): Promise<void> {
  const row = { keep_bytes: rule.keepBytes, years: rule.years, changed_by: userId, changed_at: new Date() }
  await app.workflow.db
    .insertInto('archive_rules')
    .values({ kind: rule.kind, ...row })
    .onConflict(conflict => conflict.column('kind').doUpdateSet(row))
    .execute()
  kept.delete(app.workflow)
  await audit(app, {
    userId,
    action: 'archive.rule',
    object: `kind/${rule.kind}`,
    detail: { keepBytes: rule.keepBytes, years: rule.years },
  })
}
