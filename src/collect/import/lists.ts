/** What was imported, for the pages. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { importList } from '../api.ts'

/** Mended rows that came in later belong to the file they stood in: rows in = stored + duplicates + quarantined, at any time. */
export async function imports(app: App): Promise<z.output<typeof importList>> {
  return {
    rows: await app.facts.query(
      `WITH back AS (
         SELECT replay_of, sum(stored) AS stored, sum(duplicates) AS duplicates, sum(mended) AS mended
         FROM import_commits WHERE replay_of > 0 GROUP BY replay_of
       )
       SELECT import_id AS importId, source, file, rows_in AS rowsIn, c.stored + back.stored AS stored,
              c.duplicates + back.duplicates AS duplicates, c.quarantined - back.mended AS quarantined, back.mended AS mended,
              committed_at AS committedAt
       FROM import_commits AS c LEFT JOIN back ON back.replay_of = c.import_id
       WHERE c.replay_of = 0 ORDER BY import_id DESC LIMIT 500`,
    ),
  }
}
