import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type City, cities } from './cities.ts'

export type District = {
  code: string
  name: string
  city: City
  cityName: string
  provinceName: string
  postcode: string
  streets: string[]
}

const readCsv = (data: string, file: string) =>
  readFileSync(join(data, 'chinese/divisions', file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.replaceAll('"', '').split(','))

/** The urban districts of the cities people live in, each with its subdistricts (streets.csv). */
export function readDistricts(data: string): Map<City, District[]> {
  const provinces = new Map(readCsv(data, 'provinces.csv').map(([code, name]) => [code, name ?? '']))
  const cityNames = new Map(readCsv(data, 'cities.csv').map(([code, name]) => [code, name ?? '']))
  const streets = new Map<string, string[]>()
  for (const [, name, area] of readCsv(data, 'streets.csv'))
    if (name && area && /(街道|镇)$/.test(name)) streets.set(area, [...(streets.get(area) ?? []), name])
  const districts = new Map<City, District[]>(cities.map(city => [city, []]))
  for (const [code = '', name = '', cityCode = '', provinceCode = ''] of readCsv(data, 'areas.csv')) {
    const city = cities.find(each => each.code === cityCode)
    const listed = city ? Object.keys(city.districts) : []
    // 经济技术开发区 and its like stand in the list of divisions but are no place to live.
    if (!city || !/^.{1,4}区$/.test(name) || (listed.length && !listed.includes(name))) continue
    const provinceName = provinces.get(provinceCode) ?? ''
    const cityName = cityNames.get(cityCode) ?? ''
    districts.get(city)?.push({
      code,
      name,
      city,
      provinceName,
      cityName: cityName === '市辖区' ? provinceName : cityName,
      postcode: city.districts[name] ?? city.postcode,
      streets: streets.get(code) ?? [],
    })
  }
  return districts
}
