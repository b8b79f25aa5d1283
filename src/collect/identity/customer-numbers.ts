/** Customer numbers: given once, never again, also not those of customers that are gone. */
import { sql } from 'kysely'
import type { App } from '../../platform/app.ts'

/** The smallest number that nobody has or had. */
export async function firstFreeNumber(app: App): Promise<number> {
  const { last } = await app.facts.one<{ last: number }>(
    `SELECT greatest((SELECT max(customer_id) FROM record_links), (SELECT max(old_id) FROM customer_redirects),
                     (SELECT max(customer_id) FROM erased_customers)) AS last`,
  )
  const kept = await app.workflow.db.selectFrom('collect_customer_numbers').select('next').executeTakeFirst()
  return Math.max(last + 1, Number(kept?.next ?? 1))
}

/** Numbers below `next` are given. */
export async function numbersGiven(app: App, next: number): Promise<void> {
  await app.workflow.db
    .insertInto('collect_customer_numbers')
    .values({ one: true, next })
    .onConflict(conflict =>
      conflict.column('one').doUpdateSet({ next: sql`greatest(collect_customer_numbers.next, excluded.next)` }),
    )
    .execute()
}

/** Fresh numbers in a row. */
export async function newCustomerNumbers(app: App, count: number): Promise<number[]> {
  const free = await firstFreeNumber(app)
  const { next } = await app.workflow.db
    .insertInto('collect_customer_numbers')
    .values({ one: true, next: free + count })
    .onConflict(conflict =>
      conflict.column('one').doUpdateSet({ next: sql`greatest(collect_customer_numbers.next, ${free}) + ${count}` }),
    )
    .returning('next')
    .executeTakeFirstOrThrow()
  return Array.from({ length: count }, (_, i) => Number(next) - count + i)
}
