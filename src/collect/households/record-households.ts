/**
 * Households of one identity run. The engine brings together people whose address has the same numbers and postcode or town, or who
 * share a telephone; only those few are read closely. A block of more than twenty is a hall of residence or an office, not a
 * household.
 */
import type { StepContext } from '../../platform/app.ts'
import { wholeAddress } from '../identity/match-table.ts'
import { stableIds } from '../identity/stable-ids.ts'
import { readHome } from '../match/home.ts'
import { UnionFind } from '../match/union-find.ts'
import { readFullName } from '../standardise/person-name.ts'
import { type LivingTogether, livingTogether, type Resident } from './same-home.ts'

const MOST_AT_ONE_ADDRESS = 20

/** Every address and telephone a person's records give, not only the ones that survived: half of a couple may use the old form. */
const CANDIDATES = `
WITH
  people AS (
    SELECT links.customer_id AS customer_id, full_name, family_name, province, city, district, street, postcode, address2, mobile, landline
    FROM (SELECT source, row_key, full_name, family_name, province, city, district, street, postcode, address2, mobile, landline FROM current_records
          WHERE run_id = {run_id:UInt64} AND kind != 'organisation' AND street != '') AS records
    INNER JOIN (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {run_id:UInt64}) AS links USING (source, row_key)
  ),
  keyed AS (
    SELECT customer_id, cityHash64(key) AS block
    FROM (SELECT customer_id, arrayStringConcat(arraySort(extractAll(street, '\\\\d+')), '-') AS numbers, replaceAll(postcode, ' ', '') AS code, city, mobile, landline FROM people)
    ARRAY JOIN arrayFilter(k -> k != '', [
      if(numbers != '' AND code != '', concat('p', code, ' ', numbers), ''), if(numbers != '' AND city != '', concat('c', city, ' ', numbers), ''),
      if(mobile != '', concat('t', mobile), ''), if(landline != '', concat('t', landline), '')]) AS key
  ),
  -- Two numbers for each key are all that is kept of the many that only one person has.
  shared AS (SELECT block FROM keyed GROUP BY block HAVING min(customer_id) != max(customer_id)),
  blocks AS (
    SELECT block, groupUniqArray({most:UInt32} + 1)(customer_id) AS members
    FROM keyed WHERE block IN (SELECT block FROM shared) GROUP BY block HAVING length(members) BETWEEN 2 AND {most:UInt32}
  )`

const BLOCKS = `${CANDIDATES} SELECT arraySort(members) AS members FROM blocks`
const RESIDENTS = `${CANDIDATES}
SELECT DISTINCT customer_id, full_name, family_name, province, city, district, street, postcode, mobile, landline
FROM people WHERE customer_id IN (SELECT arrayJoin(members) FROM blocks) ORDER BY customer_id`

export async function recordHouseholdMembers({
  app,
  runId,
}: Pick<StepContext, 'app' | 'runId'>): Promise<{ households: number; members: number }> {
  const params = { run_id: runId, most: MOST_AT_ONE_ADDRESS }
  const residents = new Map<number, Resident[]>()
  for (const row of await app.facts.query<Row>(RESIDENTS, params)) {
    const list = residents.get(row.customer_id)
    if (list) list.push(residentOf(row))
    else residents.set(row.customer_id, [residentOf(row)])
  }
  const ids = [...residents.keys()]
  const place = new Map(ids.map((id, at) => [id, at]))
  const sets = new UnionFind(ids.length)
  const why = new Map<number, LivingTogether>()
  for (const { members } of await app.facts.query<{ members: number[] }>(BLOCKS, params)) {
    for (const [at, one] of members.entries()) {
      for (const other of members.slice(at + 1)) {
        const together = anyTogether(residents.get(one) ?? [], residents.get(other) ?? [])
        if (!together) continue
        sets.join(place.get(one)!, place.get(other)!)
        for (const id of [one, other]) why.set(id, stronger(why.get(id), together))
      }
    }
  }
  const homes = ids.filter(id => why.has(id))
  const entity = Uint32Array.from(homes, id => sets.find(place.get(id)!))
  const counts = new Map<number, number>()
  for (const root of entity) counts.set(root, (counts.get(root) ?? 0) + 1)
  const small = (at: number): boolean => counts.get(entity[at]!)! <= MOST_AT_ONE_ADDRESS
  const kept = homes.filter((_, at) => small(at))
  const keptEntity = byFirstMember(entity.filter((_, at) => small(at)))
  const household = await stableHouseholds(app, runId, kept, keptEntity)
  if (kept.length > 0)
    await app.facts.insertColumns('household_members', {
      run_id: { type: 'UInt64', values: kept.map(() => runId) },
      customer_id: { type: 'UInt64', values: kept },
      household_id: { type: 'UInt64', values: household },
      why: { type: 'LowCardinality(String)', values: kept.map(id => why.get(id)!) },
    })
  return { households: new Set(keptEntity).size, members: kept.length }
}

interface Row {
  customer_id: number
  full_name: string
  family_name: string
  province: string
  city: string
  district: string
  street: string
  postcode: string
  mobile: string
  landline: string
}

function residentOf(row: Row): Resident {
  const home = readHome(wholeAddress(row.province, row.city, row.district, row.street))
  return {
    home: { ...home, postcode: home.postcode || row.postcode.replace(/\s/g, '').toLowerCase() },
    surname: readFullName(row.full_name).surname,
    phones: [row.mobile, row.landline],
  }
}

function anyTogether(a: readonly Resident[], b: readonly Resident[]): LivingTogether | null {
  let found: LivingTogether | null = null
  for (const x of a)
    for (const y of b) {
      const together = livingTogether(x, y)
      if (together) found = stronger(found ?? undefined, together)
    }
  return found
}

/** A room of one's own says least; a surname with one and a telephone with another make both. */
function stronger(a: LivingTogether | undefined, b: LivingTogether): LivingTogether {
  if (a === undefined || a === b || a === 'room') return b
  return b === 'room' ? a : 'both'
}

/** Each group named by the place of its first member. */
function byFirstMember(roots: Uint32Array): Uint32Array {
  const first = new Map<number, number>()
  roots.forEach((root, at) => {
    if (!first.has(root)) first.set(root, at)
  })
  return roots.map(root => first.get(root)!)
}

/** Numbers that stay, by the people a household has in common with one of the run before. */
async function stableHouseholds(
  app: StepContext['app'],
  runId: number,
  customers: readonly number[],
  entity: Uint32Array,
): Promise<Float64Array> {
  const previousRun = await app.runs.latest('identity')
  const before = new Map<number, number>()
  if (previousRun !== null && previousRun !== runId)
    for (const row of await app.facts.query<{ customer_id: number; household_id: number }>(
      'SELECT customer_id, household_id FROM household_members WHERE run_id = {run_id:UInt64}',
      { run_id: previousRun },
    ))
      before.set(row.customer_id, row.household_id)
  const { next } = await app.facts.one<{ next: number }>('SELECT max(household_id) + 1 AS next FROM household_members')
  const previous = Float64Array.from(customers, id => before.get(id) ?? 0)
  return stableIds(entity, previous, next).customer
}
