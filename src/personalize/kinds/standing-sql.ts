import { suppressedCustomersSql } from '../../collect/index.ts'
import { BITS } from './decide-ways.ts'

/** Consent to get papers by e-mail or in the portal instead of by post. */
export const PAPERS_PURPOSE = 'electronic-papers'

/** After a bounce for good an address is not tried with papers for so long; whoever mends it says so, or it is a year old. */
const BOUNCE_DAYS = 365

/** What customers said under numbers that went into theirs counts as theirs. */
const saidBy = (run: string, where: string): string => `
    SELECT if(moved.customer_id = 0, said.customer_id, moved.customer_id) AS customer_id, said.channel AS channel, said.state AS state,
      said.granted AS granted, said.at AS at, said.seq AS seq
    FROM (SELECT customer_id, toString(channel) AS channel, state, granted, at, seq FROM consent_statements WHERE ${where}) AS said
    LEFT JOIN (SELECT old_id, customer_id FROM customer_redirects WHERE run_id = {${run}:UInt64}) AS moved
      ON moved.old_id = said.customer_id`

/**
 * Customers with the number `standingOf` reads: agreed, wish, reached. `run` names the parameter of the identity run, `condition`
 * chooses the customers; `lists`: also who stands on a list that closes service mail (only asked where there are lists).
 */
export const standingSql = (run: string, condition: string, lists: boolean): string => `
SELECT
  g.customer_id AS customer_id,
  toUInt16(bitOr(bitOr(bitShiftLeft(p.email, ${BITS.agreedEmail}), bitShiftLeft(p.portal, ${BITS.agreedPortal})),
    bitShiftLeft(multiIf(w.wish = 'letter', 1, w.wish = 'email', 2, w.wish = 'sms', 3, w.wish = 'call', 4, 0), ${BITS.wish})
      + bitShiftLeft(toUInt16(g.street != '' AND (g.city != '' OR g.postcode != '')${open(lists, 'letter')}), ${BITS.print})
      + bitShiftLeft(toUInt16(g.email != '' AND b.customer_id = 0${open(lists, 'email')}), ${BITS.email})
      + bitShiftLeft(toUInt16(g.mobile != ''${open(lists, 'sms')}), ${BITS.sms})
      + bitShiftLeft(toUInt16((g.mobile != '' OR g.landline != '')${open(lists, 'call')}), ${BITS.call}))) AS mask
FROM (
  SELECT customer_id, street, city, postcode, email, mobile, landline
  FROM golden_records WHERE run_id = {${run}:UInt64} AND ${condition}
) AS g
LEFT JOIN (
  SELECT customer_id, toUInt16(argMaxIf(granted, (at, 1 - granted), channel = 'email')) AS email,
    toUInt16(argMaxIf(granted, (at, 1 - granted), channel = 'portal')) AS portal
  FROM (${saidBy(run, `kind = 'consent' AND purpose = '${PAPERS_PURPOSE}'`)})
  WHERE ${condition} GROUP BY customer_id
) AS p ON p.customer_id = g.customer_id
LEFT JOIN (
  SELECT customer_id, argMax(state, (at, seq)) AS wish
  FROM (${saidBy(run, "kind = 'preference' AND channel = 'preferred-channel'")})
  WHERE ${condition} GROUP BY customer_id
) AS w ON w.customer_id = g.customer_id
LEFT JOIN (
  SELECT DISTINCT customer_id FROM events
  WHERE type = 'bounce' AND channel = 'email' AND at > now() - INTERVAL ${BOUNCE_DAYS} DAY AND ${condition}
) AS b ON b.customer_id = g.customer_id
${lists ? `LEFT JOIN (${suppressedCustomersSql(run, condition)}) AS s ON s.customer_id = g.customer_id` : ''}`

const open = (lists: boolean, channel: string): string =>
  lists ? ` AND NOT has(s.closed_to_service, '${channel}')` : ''
