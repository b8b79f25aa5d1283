/** Whom a customer lives with, works for, or is worked for by. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { customerRelations, householdFigures } from './api.ts'

const MEMBERS = `
WITH mine AS (SELECT household_id, why FROM household_members WHERE run_id = {run_id:UInt64} AND customer_id = {id:UInt64} LIMIT 1)
SELECT household_id AS householdId, customer_id AS customerId, golden.name AS name, why
FROM (SELECT * FROM household_members WHERE run_id = {run_id:UInt64} AND household_id IN (SELECT household_id FROM mine)) AS members
INNER JOIN (SELECT customer_id, name FROM golden_records WHERE run_id = {run_id:UInt64}
              AND customer_id IN (SELECT customer_id FROM household_members WHERE run_id = {run_id:UInt64} AND household_id IN (SELECT household_id FROM mine))) AS golden
  USING (customer_id)
ORDER BY customerId`

/** Shown on a page; an employer may have thousands. */
const MOST = 200

const others = (own: string, other: string): string => `
SELECT found AS customerId, golden.name AS name, relation, why
FROM (SELECT ${other} AS found, relation, why FROM organisation_people WHERE run_id = {run_id:UInt64} AND ${own} = {id:UInt64} LIMIT ${MOST}) AS people
INNER JOIN (SELECT customer_id AS found, name FROM golden_records WHERE run_id = {run_id:UInt64}
              AND customer_id IN (SELECT ${other} FROM organisation_people WHERE run_id = {run_id:UInt64} AND ${own} = {id:UInt64})) AS golden
  USING (found)
ORDER BY relation, name`

type Relations = z.input<typeof customerRelations>

export async function relationsOf(app: App, runId: number, id: number): Promise<Relations> {
  const params = { run_id: runId, id }
  const [members, organisations, people] = await Promise.all([
    app.facts.query<{ householdId: number; customerId: number; name: string; why: string }>(MEMBERS, params),
    app.facts.query<Relations['organisations'][number]>(others('customer_id', 'organisation_id'), params),
    app.facts.query<Relations['people'][number]>(others('organisation_id', 'customer_id'), params),
  ])
  const mine = members.find(({ customerId }) => customerId === id)
  return {
    household: mine
      ? {
          householdId: mine.householdId,
          why: mine.why,
          members: members
            .filter(member => member !== mine)
            .map(({ householdId: _id, why, ...member }) => ({ ...member, why: [why] })),
        }
      : null,
    organisations,
    people,
  }
}

export async function householdFiguresOf(app: App, runId: number): Promise<z.input<typeof householdFigures>> {
  const [sizes, works] = await Promise.all([
    app.facts.query<{ size: number; households: number }>(
      `SELECT size, count() AS households FROM (SELECT household_id, count() AS size FROM household_members
         WHERE run_id = {run_id:UInt64} GROUP BY household_id) GROUP BY size ORDER BY size`,
      { run_id: runId },
    ),
    app.facts.one<{ organisations: number; people: number }>(
      `SELECT uniqExact(organisation_id) AS organisations, uniqExact(customer_id) AS people FROM organisation_people WHERE run_id = {run_id:UInt64}`,
      { run_id: runId },
    ),
  ])
  return {
    households: sizes.reduce((sum, { households }) => sum + households, 0),
    members: sizes.reduce((sum, { size, households }) => sum + size * households, 0),
    sizes: Object.fromEntries(sizes.map(({ size, households }) => [String(size), households])),
    ...works,
  }
}
