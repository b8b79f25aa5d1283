import type { Address } from '../people/person.ts'
import type { Random } from '../random.ts'
import type { Town } from './places.ts'

const roads =
  'High Street|Church Lane|Station Road|Mill Lane|Victoria Road|Park Avenue|Green Lane|The Crescent|Kings Road|Queens Road|Manor Drive|Meadow Way|Chestnut Close|Oak Avenue|Elm Grove|Windsor Road|Albert Street|York Place|School Lane|Orchard Close|Springfield Road|Grange Road|Highfield Avenue|Alexandra Terrace|Willow Walk|Cedar Court|Bridge Street|North Parade|West View|Hawthorn Rise|Lime Tree Avenue|Beech Road|Castle Street|Priory Gardens|Rectory Lane'.split(
    '|',
  )
const houses =
  'Rose Cottage|The Old Rectory|Mill House|Hillview|Ivy Cottage|Orchard House|The Willows|Brook Farm'.split('|')
/** Inward codes leave out C, I, K, M, O, V. */
const inward = 'ABDEFGHJLNPQRSTUWXYZ'

export function britishAddress(random: Random, town: Town): Address {
  const low = town.tier === 'rural' ? town.districts : 1
  const postcode = `${town.area}${random.int(low, town.districts)} ${random.int(1, 9)}${inward[random.int(0, 19)]}${inward[random.int(0, 19)]}`
  const road = random.pick(roads)
  const number = random.int(1, 180)
  const flat = random.chance(0.22) ? random.int(1, 40) : 0
  const house = !flat && random.chance(0.06) ? random.pick(houses) : ''
  const short = road
    .replace('Street', 'St')
    .replace('Road', 'Rd')
    .replace('Avenue', 'Ave')
    .replace('Lane', 'Ln')
    .replace('Close', 'Cl')
  const start = flat ? `Flat ${flat}, ${number}` : house ? `${house}, ${number}` : `${number}`
  const line = `${start} ${road}`
  return {
    country: 'GB',
    province: '',
    city: town.name,
    district: '',
    postcode,
    dial: town.drama,
    lines: [line, `${flat ? `${flat}/${number}` : start} ${short}`, line, line.toUpperCase()],
    latinLines: [line, `${start} ${short}`],
    latinTown: town.name,
  }
}
