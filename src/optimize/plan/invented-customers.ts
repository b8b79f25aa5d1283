import type { Facts } from '../../platform/stores/facts/index.ts'

/** Runs the invented rows are written under. */
export const inventedRuns = { identity: 1, features: 2, models: 3, segments: 4 } as const

/**
 * Any number of customers with what the plan reads of them, made in the engine by hashes of their ids: for tests and for
 * the benchmark of this step alone. One in ten cannot be reached, one in five refused something, half bought last month.
 */
export async function inventCustomers(
  facts: Facts,
  customers: number,
  asOf: string,
  runs: Record<keyof typeof inventedRuns, number> = inventedRuns,
): Promise<void> {
  const params = { n: customers, asOf, ...runs }
  const share = (salt: number) => `(sipHash64(${salt}, number) % 10000) / 10000`
  for (const sql of [
    `INSERT INTO golden_records (run_id, customer_id, kind, name, email, mobile, street, city, language)
     SELECT {identity:UInt64}, number + 1, 'person', concat('c', toString(number)), if(${share(1)} < 0.8, concat('c', toString(number), '@example.com'), ''),
       if(${share(2)} < 0.8, '+8613800000000', ''), if(${share(3)} < 0.9, 'x', ''), 'y', 'en'
     FROM numbers({n:UInt64})`,
    `INSERT INTO features (run_id, customer_id, as_of, kind, recency_days, tenure_days, frequency, monetary_minor, return_rate, bought_categories, average_order_minor)
     SELECT {features:UInt64}, number + 1, {asOf:Date}, 'person',
       if(${share(4)} < 0.1, NULL, toUInt32(400 * ${share(5)})), if(${share(4)} < 0.1, NULL, 400), if(${share(4)} < 0.1, 0, toUInt32(12 * ${share(6)})),
       toInt64(200000 * ${share(7)}), 0.05, arrayFilter(c -> sipHash64(c, number) % 3 = 0, ['TABLEWARE', 'HOMEDECOR', 'CHRISTMAS', 'LIGHTING']),
       if(${share(4)} < 0.1, NULL, toInt64(10000 + 40000 * ${share(8)}))
     FROM numbers({n:UInt64})`,
    `INSERT INTO scores (run_id, customer_id, p_alive, expected_purchases, value_minor, churn_probability)
     SELECT {models:UInt64}, number + 1, ${share(9)}, 6 * ${share(10)}, toInt64(300000 * ${share(11)}), ${share(12)} FROM numbers({n:UInt64})`,
    `INSERT INTO segment_members (run_id, customer_id, segment)
     SELECT {segments:UInt64}, number + 1, if(${share(5)} < 0.3, 'LOYAL', 'OCCASIONAL') FROM numbers({n:UInt64})`,
    `INSERT INTO next_products (run_id, customer_id, rank, product_code, category, score, kind, because)
     SELECT {models:UInt64}, number + 1, rank, concat('P', toString(sipHash64(rank, number) % 100)),
       ['CHRISTMAS', 'LIGHTING', 'TABLEWARE', 'TOYS'][sipHash64(rank, number, 7) % 4 + 1], 1 / rank, 'explore', 'P0'
     FROM numbers({n:UInt64}) ARRAY JOIN [1, 2, 3] AS rank`,
    `INSERT INTO customer_consents (run_id, customer_id, channel, granted, at, source)
     SELECT {identity:UInt64}, number + 1, channel, toUInt8(sipHash64(channel, number) % 5 > 0), toDateTime({asOf:Date}, 'UTC'), 'crm'
     FROM numbers({n:UInt64}) ARRAY JOIN ['letter', 'email', 'sms', 'call'] AS channel`,
    `INSERT INTO purchases (run_id, customer_id, sold_at, invoice, line, product_code, category, quantity, amount_minor, margin_minor, is_return, is_service)
     SELECT {identity:UInt64}, number + 1, toDateTime({asOf:Date} - day, 'UTC'), concat(toString(number), '-', toString(day)), 1, 'P1', 'LIGHTING', 1,
       toInt64(20000 * ${share(13)}), toInt64(8000 * ${share(13)}), 0, 0
     FROM numbers({n:UInt64}) ARRAY JOIN [10, 40, -20] AS day
     WHERE sipHash64(day, number, 14) % 2 = 0`,
  ])
    await facts.exec(sql, params)
}
