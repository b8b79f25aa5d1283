/** The list of rules as people keep it: each change is a new version, with who and when; nothing is lost. */
import type { App } from '../../platform/app.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import { qualityErrors } from './errors.ts'
import { type QualityRule, ruleSchema } from './rule.ts'
import { standardRules } from './standard-rules.ts'

export interface KeptRule extends QualityRule {
  version: number
  changedBy: number
  changedAt: Date
}

/** Rules that hold, switched-off ones included; before anybody kept a rule, the standard ones. */
export async function rules(app: Pick<App, 'workflow'>): Promise<KeptRule[]> {
  const rows = await app.workflow.db
    .selectFrom('collect_quality_rules')
    .distinctOn('rule_id')
    .selectAll()
    .orderBy('rule_id')
    .orderBy('version', 'desc')
    .execute()
  if (rows.length === 0) {
    await importRules(app, standardRules(), 0)
    return rules(app)
  }
  return rows
    .filter(row => !row.removed)
    .map(row => ({
      ...ruleSchema.parse(row.rule),
      version: row.version,
      changedBy: row.changed_by,
      changedAt: row.changed_at,
    }))
    .sort((a, b) => a.field.localeCompare(b.field) || a.id.localeCompare(b.id))
}

export async function ruleNamed(app: Pick<App, 'workflow'>, id: string): Promise<KeptRule> {
  const found = (await rules(app)).find(rule => rule.id === id)
  if (!found) throw qualityErrors['quality.rule-unknown']({ rule: id })
  return found
}

export async function versionsOf(app: Pick<App, 'workflow'>, id: string) {
  const rows = await app.workflow.db
    .selectFrom('collect_quality_rules')
    .selectAll()
    .where('rule_id', '=', id)
    .orderBy('version', 'desc')
    .execute()
  if (rows.length === 0) throw qualityErrors['quality.rule-unknown']({ rule: id })
  return rows.map(row => ({
    version: row.version,
    rule: ruleSchema.parse(row.rule),
    removed: row.removed,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
  }))
}

/**
 * Keeps a rule as the next version; `known` is the version the editor started from (0: a new rule), so that two people do not
 * overwrite each other. The same again changes nothing.
 */
export async function saveRule(
  app: Pick<App, 'workflow'>,
  rule: QualityRule,
  known: number,
  userId: number,
): Promise<{ version: number; changed: boolean }> {
  const newest = await app.workflow.db
    .selectFrom('collect_quality_rules')
    .selectAll()
    .where('rule_id', '=', rule.id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const held = newest && !newest.removed ? newest.version : 0
  if (held !== known)
    throw held === 0
      ? qualityErrors['quality.rule-unknown']({ rule: rule.id })
      : known === 0
        ? qualityErrors['quality.rule-exists']({ rule: rule.id })
        : qualityErrors['quality.rule-changed']({ rule: rule.id })
  if (newest && held !== 0 && sameRule(ruleSchema.parse(newest.rule), rule)) return { version: held, changed: false }
  return { version: await append(app, rule, (newest?.version ?? 0) + 1, false, userId), changed: true }
}

/** Takes a rule off the list; its versions stay, and saving it again brings it back. */
export async function removeRule(app: Pick<App, 'workflow'>, id: string, userId: number): Promise<void> {
  const { version, changedBy: _by, changedAt: _at, ...rule } = await ruleNamed(app, id)
  await append(app, rule, version + 1, true, userId)
}

/** Rules of a file: new and changed ones are kept, those already held alike stay as they are, others are left alone. */
export async function importRules(
  app: Pick<App, 'workflow'>,
  given: readonly QualityRule[],
  userId: number,
): Promise<{ added: number; changed: number; same: number }> {
  const rows = await app.workflow.db
    .selectFrom('collect_quality_rules')
    .distinctOn('rule_id')
    .selectAll()
    .orderBy('rule_id')
    .orderBy('version', 'desc')
    .execute()
  const held = new Map(rows.map(row => [row.rule_id, row]))
  const done = { added: 0, changed: 0, same: 0 }
  for (const rule of given) {
    const before = held.get(rule.id)
    if (before && !before.removed && sameRule(ruleSchema.parse(before.rule), rule)) {
      done.same++
      continue
    }
    await append(app, rule, (before?.version ?? 0) + 1, false, userId)
    if (before && !before.removed) done.changed++
    else done.added++
  }
  return done
}

async function append(
  app: Pick<App, 'workflow'>,
  rule: QualityRule,
  version: number,
  removed: boolean,
  userId: number,
): Promise<number> {
  const kept = await app.workflow.db
    .insertInto('collect_quality_rules')
    .values({
      rule_id: rule.id,
      version,
      rule: asJson<QualityRule>(rule),
      removed,
      changed_by: userId,
      changed_at: new Date(),
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  // Somebody else's version came first.
  if (Number(kept.numInsertedOrUpdatedRows ?? 0) === 0) throw qualityErrors['quality.rule-changed']({ rule: rule.id })
  return version
}

/** A JSON column keeps values, not the order of their keys. */
const sameRule = (a: QualityRule, b: QualityRule): boolean => sorted(a) === sorted(b)
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
