import type { Offer } from '../offers/offer.ts'
import { fits, likings, readiness, type SqlPart, subjects, wishes } from './subjects-sql.ts'

/** Per offer: how many customers it fits and the sum of their liking. One row of two arrays; sums of slices add up. */
export function meanLikingSql(offers: readonly Offer[]): SqlPart {
  const fit = fits(offers)
  const liking = likings(offers)
  return {
    sql: `
WITH
  ${wishes('slice')},
  judged AS (
    SELECT ${fit.sql} AS fits, ${readiness} AS readiness, w.wanted AS wanted
    ${subjects('slice')}
  )
SELECT
  sumForEach(fits) AS fitting,
  sumForEach(arrayMap((fit, liking) -> fit * liking, fits, ${liking.sql})) AS liking
FROM judged`,
    params: { ...fit.params, ...liking.params },
  }
}
