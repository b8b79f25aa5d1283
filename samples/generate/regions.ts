import { towns } from './british/places.ts'
import { type Characters, capital } from './chinese/characters.ts'
import type { City } from './chinese/cities.ts'
import type { District } from './chinese/divisions.ts'
import { type Cell, toCsv } from './csv.ts'
import type { Random } from './random.ts'

const bands = ['low', 'middle', 'upper', 'high']
const chineseType = { 1: 'metropolis', 2: 'city', 3: 'town' }
/** Counts around the tier's usual band; invented, as is every line of this file. */
const drawBand = (random: Random, usual: number) =>
  bands[
    Math.min(
      3,
      Math.max(
        0,
        usual +
          random.weighted([
            [-1, 2],
            [0, 5],
            [1, 2],
          ]),
      ),
    )
  ]

export function writeRegions(random: Random, characters: Characters, districts: Map<City, District[]>): Buffer {
  const rows: Cell[][] = []
  const latin = (name: string) => capital(characters.place(name).join(''))
  const tail = ['2010-06-30', 'sample: invented']
  for (const [city, inCity] of districts) {
    const cityName = inCity[0]?.cityName ?? ''
    rows.push([
      'CN',
      city.postcode.slice(0, 4),
      cityName,
      latin(cityName.replace(/市$/, '')),
      chineseType[city.tier],
      drawBand(random, city.tier === 1 ? 2 : 1),
      ...tail,
    ])
    for (const district of inCity)
      if (city.districts[district.name])
        rows.push([
          'CN',
          district.postcode,
          cityName + district.name,
          `${latin(cityName.replace(/市$/, ''))}, ${latin(district.name.replace(/新区$|区$/, ''))}`,
          chineseType[city.tier],
          drawBand(random, city.tier === 1 ? 2 : 1),
          ...tail,
        ])
  }
  const areas = new Map(towns.map(town => [town.area, town]))
  const chinese: Record<string, string> = { metropolis: '都会', city: '城市', town: '城镇', rural: '乡村' }
  for (const [area, town] of areas)
    rows.push([
      'GB',
      area,
      `英国 ${area} ${chinese[town.tier]}`,
      `${town.name} (${area})`,
      town.tier,
      drawBand(random, town.tier === 'metropolis' ? 2 : 1),
      ...tail,
    ])
  return Buffer.from(
    toCsv(
      [
        'country',
        'postcode_prefix',
        'region_name_zh',
        'region_name_en',
        'region_type',
        'income_band',
        'as_of',
        'source',
      ],
      rows,
    ),
  )
}
