import type { App } from '../../platform/app.ts'
import type { SegmentSet } from '../segments/segment-set.ts'
import { versionAt } from '../segments/versions/versions.ts'
import type { PastTurn } from './turns.ts'

/**
 * The turns in which a segment was defined as it is in the newest: what came of another definition says nothing of this one, and a definition
 * that was corrected is judged anew. Each turn says itself which rules it used: some may have been approved for its day later.
 */
export async function sameDefinition(
  app: Pick<App, 'workflow'>,
  turns: readonly PastTurn[],
): Promise<(segment: string) => PastTurn[]> {
  const used = await usedRules(app, turns)
  const rules = await Promise.all(
    turns.map(async ({ asOf, segments }) => {
      const set = used.get(segments) ?? (await versionAt(app, asOf))?.set
      return new Map(set?.segments.map(one => [one.code, JSON.stringify(one.rule)]))
    }),
  )
  const now = rules.at(-1)
  return segment => turns.filter((_, i) => rules[i]!.get(segment) === now?.get(segment))
}

async function usedRules(
  { workflow }: Pick<App, 'workflow'>,
  turns: readonly PastTurn[],
): Promise<Map<number, SegmentSet>> {
  if (turns.length === 0) return new Map()
  const rows = await workflow.db
    .selectFrom('segment_runs')
    .innerJoin('segment_versions', 'segment_versions.id', 'segment_runs.version')
    .select(['segment_runs.run_id', 'segment_versions.body'])
    .where(
      'segment_runs.run_id',
      'in',
      turns.map(turn => turn.segments),
    )
    .execute()
  return new Map(rows.map(row => [row.run_id, row.body]))
}
