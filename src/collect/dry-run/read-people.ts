/** Sample rows about people, each cell as it would be read, with everything that is wrong with a row and not its first fault alone. */
import { PeopleBatch, PeopleReader, Refused } from '../import/people.ts'
import { rowKeyReader } from '../import/row-key.ts'
import { messageOf } from '../import/rules.ts'
import { CHANNELS, type Mapping } from '../mapping.ts'
import { readYesNo } from '../standardise/yes-no.ts'
import type { ReadRow } from './preview.ts'
import type { SampleRows } from './sample-rows.ts'

export function readPeople(mapping: Mapping, sample: SampleRows): ReadRow[] {
  const reader = new PeopleReader(mapping)
  const keyOf = rowKeyReader(mapping)
  const headerOf = (field: string) => mapping.columns.find(column => column.field === field)?.header ?? ''
  return sample.rows.map(({ rowNo, values }) => {
    const wrong = new Map<string, Refused>()
    const get = (field: string): string => {
      if (wrong.has(field)) return field === 'row_key' ? '?' : ''
      if (field === 'row_key') return keyOf(place => values[place] ?? '')
      const place = mapping.columns.findIndex(column => column.field === field)
      return place < 0 ? '' : (values[place] ?? '')
    }
    const batch = new PeopleBatch()
    let nobody: Refused | undefined
    // Each fault is looked past, so that the next one shows.
    for (let tries = 0; tries <= mapping.columns.length; tries++) {
      try {
        reader.read(rowNo, get, batch)
        break
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        if (error.rule === 'nobody' || wrong.has(error.field)) {
          nobody = error
          break
        }
        wrong.set(error.field, error)
      }
    }
    const cells = mapping.columns.map(({ field, header }, place) => {
      const given = values[place] ?? ''
      const refused = wrong.get(field)
      return {
        given,
        read: refused ? null : readAs(batch, field, given),
        problem: refused ? messageOf({ rule: refused.rule, column: header, value: given }) : null,
      }
    })
    const problem = nobody
      ? messageOf({ rule: nobody.rule, column: headerOf(nobody.field), value: nobody.value })
      : null
    return { rowNo, cells, problem }
  })
}

/** What came out for a field; null where nothing is made of the value. */
function readAs(batch: PeopleBatch, field: string, given: string): string | null {
  const texts: Record<string, string[] | undefined> = batch.text
  if (field === 'organisation') return texts['full_name']?.[0] ?? null
  if (field === 'address') return texts['street']?.[0] ?? null
  const text = texts[field]
  if (text) return text[0] ?? null
  const day = (days: number | null | undefined) =>
    days === null || days === undefined ? '' : iso(days * 86_400).slice(0, 10)
  if (field === 'birth_date') return day(batch.birth[0])
  if (field === 'updated_at') return moment(batch.updated[0])
  if (field === 'created_at') return moment(batch.created[0])
  if (field.startsWith('consent.') && CHANNELS.some(channel => field === `consent.${channel}`))
    return given.trim() === '' ? '' : readYesNo(given) === 1 ? '✓' : '✗'
  if (field.startsWith('number:')) return given.trim()
  return null
}

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()
const moment = (seconds: number | null | undefined): string =>
  seconds === null || seconds === undefined ? '' : iso(seconds).replace('.000', '')
