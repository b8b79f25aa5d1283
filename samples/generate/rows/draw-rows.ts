import type { Person } from '../people/person.ts'
import type { World } from '../people/world.ts'
import type { Random } from '../random.ts'
import { connected } from './connected.ts'
import { spoil } from './mistakes.ts'
import { observe } from './observe.ts'
import { type Sighting, type Source, sources } from './sighting.ts'

/** Which share of the people each source has, of rows doubled within a source, of people nobody could put together. */
export const rowShares = {
  crm: 0.7,
  webshop: 0.5,
  callcentre: 0.35,
  doubled: 0.04,
  hopeless: 0.01,
  secondCarrier: 0.12,
  wrongNumber: 0.02,
}

function drawSources(random: Random, person: Person): Source[] {
  if (person.onlySource) return [person.onlySource]
  const drawn = sources.filter(source => random.chance(person.organisation && source === 'crm' ? 1 : rowShares[source]))
  const all = drawn.length
    ? drawn
    : [
        random.weighted<Source>([
          ['crm', 5],
          ['webshop', 3],
          ['callcentre', 2],
        ]),
      ]
  return all.flatMap(source => (random.chance(rowShares.doubled) ? [source, source] : [source]))
}

/** The customer number stands on one row of a customer, the CRM's if there is one; now and then on a second, rarely mistyped there. */
function carryNumber(random: Random, rows: Sighting[], customerNo: string): void {
  const first = rows.find(row => row.source === 'crm' && random.chance(0.85)) ?? random.pick(rows)
  first.customerNo = customerNo
  const others = rows.filter(row => row !== first)
  if (!others.length || !random.chance(rowShares.secondCarrier)) return
  const second = random.pick(others)
  second.customerNo = customerNo
  if (random.chance(rowShares.wrongNumber)) {
    // No customer has a number of 9xxxx, so a slip names nobody else.
    second.customerNo = `9${customerNo.slice(1)}`
    second.mistakes.push({ field: 'customer_no', error: 'digit_typo', truth: customerNo })
  }
}

/** All rows of one person, drawn again until they hang together (but for the few that are meant not to). */
export function drawRows(random: Random, world: World, person: Person): Sighting[] {
  const from = drawSources(random, person)
  const hopeless = random.chance(rowShares.hopeless)
  for (let attempt = 0; ; attempt++) {
    const factor = attempt < 20 ? 1 : 0
    const rows = from.map(source => spoil(random, world.characters, observe(random, person, source), factor))
    if (person.customerNo) carryNumber(random, rows, person.customerNo)
    if (hopeless || attempt > 60 || connected(rows)) return rows
  }
}
