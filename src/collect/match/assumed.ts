/** What is assumed where a single value does not say: the country of telephone numbers, the order of day and month. */
import { readDate } from '../standardise/date.ts'
import { readPhone } from '../standardise/phone.ts'
import type { PeopleColumn } from './roles.ts'

const SAMPLE = 500
const COUNTRIES = ['CN', 'US', 'GB', 'AU', 'DE', 'FR', 'HK', 'TW', 'JP', 'SG', 'ES', 'IT', 'NL', 'IN', 'BR'] as const

function* sample(columns: PeopleColumn[], role: PeopleColumn['role'], records: number): Generator<string> {
  const step = Math.max(1, Math.floor(records / SAMPLE))
  for (const column of columns) {
    if (column.role !== role) continue
    for (let i = 0; i < records; i += step) {
      const value = column.values.at(i)
      if (value) yield value
    }
  }
}

/** The country in which most of the telephone numbers are valid; China when none is better. */
export function assumedCountry(columns: PeopleColumn[], records: number): string {
  const numbers = [...sample(columns, 'phone', records)].filter(number => !/^\s*(\+|00)/.test(number)).slice(0, SAMPLE)
  let best = 'CN'
  let most = 0
  for (const country of COUNTRIES) {
    const valid = numbers.filter(number => readPhone(number, country).valid).length
    if (valid > most) {
      best = country
      most = valid
    }
    if (most > 0.9 * numbers.length) break
  }
  return best
}

/** Month first when some date can only be read so and none only the other way round. */
export function assumedDateOrder(columns: PeopleColumn[], records: number): 'dmy' | 'mdy' {
  let dmy = 0
  let mdy = 0
  for (const value of sample(columns, 'birth-date', records)) {
    if (!/^\s*\d{1,2}[-/.]\d{1,2}[-/.]\d{4}/.test(value)) continue
    const day = readDate(value, 'dmy', true).ymd > 0
    const month = readDate(value, 'mdy', true).ymd > 0
    if (day && !month) dmy++
    if (month && !day) mdy++
  }
  return mdy > dmy ? 'mdy' : 'dmy'
}
