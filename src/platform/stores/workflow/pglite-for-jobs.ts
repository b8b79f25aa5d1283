import type { PGlite } from '@electric-sql/pglite'
import type { Db } from 'pg-boss'
import { assertOutsideTransaction } from './transaction-guard.ts'

/** pg-boss wraps some work in one text: `BEGIN; …; COMMIT;`. */
const wrapped = /^\s*BEGIN;(.*)COMMIT;?\s*$/s

/**
 * pg-boss on PGlite. Differs from `fromPglite` of pg-boss: a text with its own BEGIN and COMMIT goes through
 * `pglite.transaction`, because between BEGIN and COMMIT sent as plain statements others of this process could slip in, and a
 * failed one would poison the next statement of whoever comes next.
 */
export function pgliteForJobs(pglite: PGlite): Db {
  return {
    async executeSql(text, values) {
      assertOutsideTransaction('jobs')
      if (values && values.length > 0) return pglite.query(text, [...values])
      const body = wrapped.exec(text)?.[1]
      const results =
        body === undefined ? await pglite.exec(text) : await pglite.transaction(transaction => transaction.exec(body))
      // One result per statement; a RETURNING may stand in the middle.
      return { rows: results.flatMap(result => result.rows) }
    },
    async listen(channel, onNotification, onReconnect) {
      const unsubscribe = await pglite.listen(channel, onNotification)
      onReconnect()
      return { close: () => unsubscribe() }
    },
  }
}
