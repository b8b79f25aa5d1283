/** Figures of the identity runs, newest first, each with what drifted since the one before. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { identityRuns } from './api.ts'
import { driftBetween, sizeGroups } from './drift.ts'

/** A year of weekly turns. */
const SHOWN = 52

export async function identityRunsOf(app: App): Promise<z.input<typeof identityRuns>> {
  const rows = await app.workflow.db
    .selectFrom('collect_identity_figures as f')
    .innerJoin('runs', 'runs.id', 'f.run_id')
    .where('runs.state', '=', 'committed')
    .select(['f.run_id', 'f.at', 'f.figures'])
    .orderBy('f.run_id', 'desc')
    .limit(SHOWN + 1)
    .execute()
  return {
    rows: rows.slice(0, SHOWN).map(({ run_id, at, figures }, place) => {
      const before = rows[place + 1]?.figures
      const { previousRun: _previous, expectedF1: _f1, missedPairs: _missed, sizes, ...shown } = figures
      return {
        runId: run_id,
        at: at.toISOString(),
        ...shown,
        sizes: sizeGroups(sizes),
        drift: before ? driftBetween(before, figures) : [],
      }
    }),
  }
}
