import { britishAddress } from '../british/addresses.ts'
import { type Town, towns } from '../british/places.ts'
import { chineseAddress } from '../chinese/addresses.ts'
import type { Characters } from '../chinese/characters.ts'
import { type City, cities } from '../chinese/cities.ts'
import type { District } from '../chinese/divisions.ts'
import type { Random } from '../random.ts'
import type { Emails } from './emails.ts'
import type { Address } from './person.ts'
import type { Phones } from './phones.ts'

/** What the people are made from: places, characters, and the numbers and addresses already given away. */
export type World = {
  characters: Characters
  surnames: (readonly [string, number])[]
  districts: Map<City, District[]>
  phones: Phones
  emails: Emails
}

export type Place = { country: 'CN'; district: District } | { country: 'GB'; town: Town }

export function drawPlace(random: Random, world: World, country: 'CN' | 'GB'): Place {
  if (country === 'GB') return { country, town: random.weighted(towns.map(town => [town, town.weight])) }
  const city = random.weighted(cities.map(each => [each, each.weight]))
  return { country, district: random.pick(world.districts.get(city) ?? []) }
}

export const drawAddress = (random: Random, world: World, place: Place): Address =>
  place.country === 'CN' ? chineseAddress(random, world.characters, place.district) : britishAddress(random, place.town)

export const drawLandline = (random: Random, world: World, place: Place): string =>
  place.country === 'CN'
    ? world.phones.landline(random, 'CN', place.district.city.dial, place.district.city.digits)
    : world.phones.landline(random, 'GB', place.town.drama, 8)
