import type { App } from '../../platform/app.ts'
import { versionAt } from '../segments/versions/versions.ts'
import type { PastTurn } from './turns.ts'

/**
 * The turns in which a segment was defined as it is in the newest: what came of another definition says nothing of this one, and a definition
 * that was corrected is judged anew.
 */
export async function sameDefinition(
  app: Pick<App, 'workflow'>,
  turns: readonly PastTurn[],
): Promise<(segment: string) => PastTurn[]> {
  const rules = await Promise.all(
    turns.map(async ({ asOf }) => {
      const version = await versionAt(app, asOf)
      return new Map(version?.set.segments.map(one => [one.code, JSON.stringify(one.rule)]))
    }),
  )
  const now = rules.at(-1)
  return segment => turns.filter((_, i) => rules[i]!.get(segment) === now?.get(segment))
}
