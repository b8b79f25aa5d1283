/**
 * The hardest customers of the company's own data, each with why: one pass over the golden records, one over the month's purchases.
 * The answer names every customer once for each reason; which of them a template meets is seen when their data are read.
 *
 * Parameters: identityRun, monthStart, monthEnd.
 */
export const HARDEST_SQL = `
WITH
  people AS (
    SELECT
      customer_id, name, toString(language) AS language, toString(kind) AS kind, toString(gender) AS gender, postcode, street, email, mobile,
      concat(toString(province), toString(city), toString(district), street) AS address
    FROM golden_records
    WHERE run_id = {identityRun:UInt64}
  ),
  of_people AS (
    SELECT arrayJoin([
      ('longest-name', argMax(customer_id, (lengthUTF8(name), customer_id))),
      ('shortest-name', argMinIf(customer_id, (lengthUTF8(name), customer_id), name != '')),
      ('longest-address', argMax(customer_id, (lengthUTF8(address), customer_id))),
      ('no-name', minIf(customer_id, name = '')),
      ('no-address', minIf(customer_id, street = '')),
      ('no-postcode', minIf(customer_id, postcode = '' AND street != '')),
      ('no-salutation', minIf(customer_id, gender = '' AND name != '')),
      ('no-email', minIf(customer_id, email = '')),
      ('no-mobile', minIf(customer_id, mobile = '')),
      ('both-scripts', minIf(customer_id, match(name, '[A-Za-z]') AND match(address, '[\\\\x{4E00}-\\\\x{9FFF}]'))),
      ('organisation', minIf(customer_id, kind = 'organisation'))
    ]) AS one
    FROM people
  ),
  of_languages AS (
    SELECT (concat('language ', language), argMax(customer_id, (street != '', customer_id))) AS one
    FROM people
    GROUP BY language
  ),
  characters AS (
    SELECT arrayJoin(extractAll(concat(name, street), '[^\\\\x{20}-\\\\x{7E}]')) AS letter, min(customer_id) AS customer_id, count() AS times
    FROM people
    GROUP BY letter
  ),
  of_characters AS (
    SELECT (concat('rare ', letter), customer_id) AS one
    FROM characters
    ORDER BY times, match(letter, '[\\\\x{4E00}-\\\\x{9FFF}]'), letter
    LIMIT 6
  ),
  accounts AS (
    SELECT
      customer_id, uniqExact((invoice, is_return)) AS documents, uniqExactIf(invoice, is_return = 1) AS refunds, sum(amount_minor) AS total
    FROM purchases
    WHERE run_id = {identityRun:UInt64} AND sold_at >= {monthStart:DateTime('UTC')} AND sold_at < {monthEnd:DateTime('UTC')}
    GROUP BY customer_id
  ),
  of_accounts AS (
    SELECT arrayJoin([
      ('most-rows', argMax(customer_id, (documents, customer_id))),
      ('sixty-rows', minIf(customer_id, documents >= 60)),
      ('one-row', argMinIf(customer_id, (abs(total), customer_id), documents = 1)),
      ('largest-amount', argMax(customer_id, (total, customer_id))),
      ('smallest-amount', argMinIf(customer_id, (total, customer_id), total > 0)),
      ('credit', argMin(customer_id, (total, customer_id))),
      ('refunds', argMax(customer_id, (refunds, customer_id))),
      ('only-refunds', minIf(customer_id, refunds = documents)),
      ('nothing-owed', minIf(customer_id, total = 0))
    ]) AS one
    FROM accounts
  ),
  no_rows AS (
    SELECT ('no-rows', min(customer_id)) AS one
    FROM people
    WHERE customer_id NOT IN (SELECT customer_id FROM accounts)
  )
SELECT tupleElement(one, 1) AS why, tupleElement(one, 2) AS customer_id
FROM (
  SELECT one FROM of_people UNION ALL SELECT one FROM of_languages UNION ALL SELECT one FROM of_characters
  UNION ALL SELECT one FROM of_accounts UNION ALL SELECT one FROM no_rows
)
WHERE customer_id > 0
ORDER BY why, customer_id`
