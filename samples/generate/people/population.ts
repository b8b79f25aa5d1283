import { britishGiven, britishSurname } from '../british/names.ts'
import { addDays, asOf, daysBetween } from '../calendar.ts'
import { givenName } from '../chinese/names.ts'
import type { Random } from '../random.ts'
import { makeOrganisation } from './make-organisation.ts'
import { type Given, makePerson } from './make-person.ts'
import type { Person } from './person.ts'
import { drawAddress, drawLandline, drawPlace, type World } from './world.ts'

/** A customer number of the sales, largest volume first. */
export type Customer = { customerNo: string }

/** What the population is made of, in people (documented in samples/README.md). */
export const makeUp = {
  organisations: 40,
  prospects: 560,
  chinese: 0.7,
  households: 0.13,
  sameName: 0.02,
  sameBirthday: 4,
}

type Slot = string | null

const years = (birth: string, count: number) => addDays(birth, Math.round(count * 365.25))

/** Couples, parents and children, father and son of one name: they share home and landline, some a mobile or a mailbox. */
function household(random: Random, world: World, slots: Slot[], household: string, nextId: () => string): Person[] {
  const country = random.chance(makeUp.chinese) ? 'CN' : 'GB'
  const place = drawPlace(random, world, country)
  const home = {
    household,
    place,
    address: drawAddress(random, world, place),
    landline: drawLandline(random, world, place),
  }
  const head = makePerson(random, world, nextId(), slots[0] ?? null, country, { ...home, keep: ['birth'] })
  const members = [head]
  const sharing: Given = random.chance(0.2) ? { mobile: head.mobile } : random.chance(0.15) ? { email: head.email } : {}
  for (const slot of slots.slice(1)) {
    const age = daysBetween(head.birth, asOf) / 365.25
    const child = age > 44 && random.chance(0.5)
    const base: Given = { ...home, ...sharing, keep: ['birth'] }
    if (child) {
      const sameSex = head.sex === 'M' && random.chance(0.5)
      const alike = sameSex && random.chance(0.6)
      Object.assign(base, {
        family: head.name.family,
        bornBetween: [years(head.birth, 21), years(head.birth, Math.min(25.9, age - 18))],
      })
      if (sameSex) base.sex = head.sex
      // A Chinese son takes one character of his father's name; a British one the whole of it.
      if (alike)
        base.givenName =
          country === 'GB' ? head.name.given : `${head.name.given.charAt(0)}${givenName(random, 'M', 1980).slice(-1)}`
    } else {
      Object.assign(base, {
        sex: head.sex === 'M' ? 'F' : 'M',
        bornBetween: [years(head.birth, -4), years(head.birth, 4)],
      })
      if (country === 'GB') base.family = head.name.family
      if (base.bornBetween && base.bornBetween[1] > addDays(asOf, -6600))
        base.bornBetween = [years(head.birth, -6), head.birth]
    }
    members.push(makePerson(random, world, nextId(), slot, country, base))
  }
  return members
}

/** Two people of one common name in one town, strangers to each other. */
function sameName(random: Random, world: World, slots: Slot[], nextId: () => string): Person[] {
  const country = random.chance(makeUp.chinese) ? 'CN' : 'GB'
  const place = drawPlace(random, world, country)
  const sex = random.pick(['M', 'F'] as const)
  const year = random.int(1955, 1988)
  const family = country === 'CN' ? random.pick('王李张刘陈杨黄赵'.split('')) : britishSurname(random)
  const given = country === 'CN' ? givenName(random, sex, year) : britishGiven(random, sex, year)
  return slots.map(slot =>
    makePerson(random, world, nextId(), slot, country, {
      place,
      sex,
      family,
      givenName: given,
      keep: ['birth'],
      bornBetween: [`${year}-01-01`, `${year + 3}-12-31`],
    }),
  )
}

/** One name, one birthday, one family phone: only the ID numbers tell these two apart, so they are in the CRM alone. */
function sameBirthday(random: Random, world: World, slots: Slot[], household: string, nextId: () => string): Person[] {
  const place = drawPlace(random, world, 'CN')
  const first = makePerson(random, world, nextId(), slots[0] ?? null, 'CN', {
    place,
    household,
    landline: drawLandline(random, world, place),
    keep: ['birth', 'idNumber'],
    onlySource: 'crm',
  })
  const second = makePerson(random, world, nextId(), slots[1] ?? null, 'CN', {
    household,
    address: first.address,
    landline: first.landline,
    mobile: first.mobile,
    birth: first.birth,
    sex: first.sex,
    family: first.name.family,
    givenName: first.name.given,
    keep: ['birth', 'idNumber'],
    onlySource: 'crm',
  })
  return first.idNumber === second.idNumber ? sameBirthday(random, world, slots, household, nextId) : [first, second]
}

/** Everybody: the resellers, then the other customers and the prospects in any order. */
export function makePopulation(random: Random, world: World, customers: Customer[]): Person[] {
  const people: Person[] = customers
    .slice(0, makeUp.organisations)
    .map((customer, index) =>
      makeOrganisation(random, world, `O${String(index + 1).padStart(4, '0')}`, customer.customerNo, index),
    )
  const slots: Slot[] = random.shuffle([
    ...customers.slice(makeUp.organisations).map(customer => customer.customerNo),
    ...Array.from({ length: makeUp.prospects }, () => null),
  ])
  let person = 0
  let house = 0
  const nextId = () => `P${String(++person).padStart(5, '0')}`
  const nextHouse = () => `H${String(++house).padStart(4, '0')}`
  for (let pair = 0; pair < makeUp.sameBirthday; pair++)
    people.push(...sameBirthday(random, world, slots.splice(0, 2), nextHouse(), nextId))
  while (slots.length) {
    if (slots.length > 3 && random.chance(makeUp.households))
      people.push(...household(random, world, slots.splice(0, random.chance(0.7) ? 2 : 3), nextHouse(), nextId))
    else if (slots.length > 2 && random.chance(makeUp.sameName))
      people.push(...sameName(random, world, slots.splice(0, 2), nextId))
    else
      people.push(
        makePerson(random, world, nextId(), slots.shift() ?? null, random.chance(makeUp.chinese) ? 'CN' : 'GB'),
      )
  }
  return people
}
