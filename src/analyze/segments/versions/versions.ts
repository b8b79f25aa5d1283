import type { App } from '../../../platform/app.ts'
import { asJson } from '../../../platform/stores/workflow/index.ts'
import { segmentErrors } from '../errors.ts'
import type { SegmentDefinition, SegmentSet } from '../segment-set.ts'

type Store = Pick<App, 'workflow'>

/** Before everything: what is loaded from a file holds for every turn there can be. */
export const FROM_THE_BEGINNING = '1970-01-01'

/** What holds on a business date: of the approved versions that hold by then the one that holds from the latest date. */
export async function versionAt(app: Store, asOf = '9999-12-31'): Promise<{ id: number; set: SegmentSet } | null> {
  const row = await app.workflow.db
    .selectFrom('segment_versions')
    .select(['id', 'body'])
    .where('state', '=', 'approved')
    .where('effective_from', '<=', asOf)
    .orderBy('effective_from', 'desc')
    .orderBy('decided_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { id: row.id, set: row.body } : null
}

/** The segments that hold on a date, in the order in which they are tried; the newest without a date. */
export async function definitions(app: Store, asOf?: string): Promise<SegmentDefinition[]> {
  return (await versionAt(app, asOf))?.set.segments ?? []
}

/** A set that needs nobody's approval: the sample's, a file's that the command line loads, or one that was in force before. */
export async function saveDefinitions(
  app: Store,
  segments: readonly SegmentDefinition[],
  {
    ordered = true,
    from = FROM_THE_BEGINNING,
    by = '',
    base = null,
  }: { ordered?: boolean; from?: string; by?: string; base?: number | null } = {},
): Promise<number> {
  const { id } = await app.workflow.db
    .insertInto('segment_versions')
    .values({
      state: 'approved',
      name: '',
      body: asJson<SegmentSet>({ ordered, segments: [...segments] }),
      note: '',
      revision: 1,
      base,
      made_by_name: by,
      changed_at: new Date(),
      effective_from: from,
      decided_by_name: by,
      decided_at: new Date(),
      decision_note: '',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function versionRow(app: Store, id: number) {
  const row = await app.workflow.db.selectFrom('segment_versions').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw segmentErrors['analyze.no-such-version']({ version: id })
  return row
}
