/** Lists nobody described: made people, columns of many kinds, no map, no labels, own threshold. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pairwise } from '../../../bench/match/people/pairwise.ts'
import { type Columns, westernList } from '../../../bench/match/people/western.ts'
import { matchPeople } from './index.ts'
import { chinesePeopleTest, say, tableOf } from './unseen-people.ts'

const two = (n: number): string => String(n).padStart(2, '0')

chinesePeopleTest(1, 2000)
chinesePeopleTest(2, 6000)

const LISTS: Record<string, { columns: Columns; most: number; faults: number; atLeast: number }> = {
  'historical people with birth place and occupation': {
    columns: [
      ['unique_id', (_, row) => `Q${row * 37}`, 'key'],
      ['full_name', p => `${p.given} ${p.surname}`],
      ['first_and_surname', p => `${p.given} ${p.surname}`],
      ['first_name', p => p.given],
      ['surname', p => p.surname],
      ['dob', p => `${p.year}-${two(p.month)}-${two(p.day)}`],
      ['birth_place', p => p.born],
      ['postcode_fake', p => p.postcode],
      ['gender', p => (p.male ? 'male' : 'female')],
      ['occupation', p => p.trade],
    ],
    most: 9,
    faults: 1,
    atLeast: 0.98,
  },
  'births in three columns, two given names': {
    columns: [
      ['fname_c1', p => p.given.toUpperCase()],
      ['fname_c2', p => (p.middle.length > 6 ? p.middle.toUpperCase() : '')],
      ['lname_c1', p => p.surname.toUpperCase()],
      ['by', p => p.year, 'key'],
      ['bm', p => p.month, 'key'],
      ['bd', p => p.day, 'key'],
      ['rec_id', (_, row) => row, 'key'],
    ],
    most: 2,
    faults: 0.7,
    atLeast: 0.95,
  },
  voters: {
    columns: [
      ['voter_reg_num', (_, row) => `V${row}`, 'key'],
      ['last_name', p => p.surname],
      ['first_name', p => p.given],
      ['midl_name', p => p.middle],
      ['sex_code', p => (p.male ? 'M' : 'F')],
      ['age', p => 2020 - p.year],
      ['birth_place', p => p.born.slice(0, 2).toUpperCase()],
      ['street_address', p => `${p.house} ${p.street} rd`],
      ['res_city_desc', p => p.town],
      ['full_phone_num', p => p.phone],
    ],
    most: 2,
    faults: 0.7,
    atLeast: 0.97,
  },
  'a hospital, month first': {
    columns: [
      ['PatientID', (_, row) => `P${row}`, 'key'],
      ['Name', p => `${p.surname}, ${p.given} ${p.middle[0]}`],
      ['DOB', p => `${two(p.month)}/${two(p.day)}/${p.year}`],
      ['Sex', p => (p.male ? 'M' : 'F')],
      ['SSN', p => p.number],
      ['Home Phone', p => `(${p.phone.slice(0, 3)}) ${p.phone.slice(3, 6)}-${p.phone.slice(6)}`],
      ['City', p => p.town],
    ],
    most: 3,
    faults: 1,
    atLeast: 0.97,
  },
  'a census, the address in one sentence': {
    columns: [
      ['PERSON_ID', (_, row) => `X${row}`, 'key'],
      ['PERNAME1', p => p.given],
      ['PERNAME2', p => p.surname],
      ['SEX', p => (p.male ? 'M' : 'F')],
      ['DOB_DAY', p => p.day],
      ['DOB_MON', p => p.month],
      ['DOB_YEAR', p => p.year],
      ['ENUMCAP', p => `${p.house} ${p.street} street, ${p.town}`],
      ['ENUMPC', p => p.postcode],
    ],
    most: 3,
    faults: 0.8,
    atLeast: 0.95,
  },
  'German headers': {
    columns: [
      ['Nr', (_, row) => row, 'key'],
      ['Vorname', p => p.given],
      ['Nachname', p => p.surname],
      ['Geburtsdatum', p => `${two(p.day)}.${two(p.month)}.${p.year}`],
      ['Straße', p => `${p.street}straße ${p.house}`],
      ['PLZ', p => 10_000 + ((p.town.charCodeAt(0) * 70 + p.town.charCodeAt(1)) % 9000)],
      ['Ort', p => p.town],
      ['Beruf', p => p.trade],
    ],
    most: 3,
    faults: 0.8,
    atLeast: 0.95,
  },
  'headers that say nothing': {
    columns: [
      ['a', (_, row) => `k${row}`, 'key'],
      ['b', p => p.given],
      ['c', p => p.surname],
      ['d', p => `${p.year}-${two(p.month)}-${two(p.day)}`],
      ['e', p => p.town],
      ['f', p => p.phone],
      ['g', p => `${p.given}${p.year % 100}@${p.surname}.org`],
    ],
    most: 4,
    faults: 0.8,
    atLeast: 0.93,
  },
}

for (const [name, { columns, most, faults, atLeast }] of Object.entries(LISTS)) {
  test(`${name}: F1 ≥ ${atLeast}`, async t => {
    const { header, rows, person } = westernList(11, 2500, most, faults, columns)
    const quality = pairwise((await matchPeople(tableOf(header, rows))).entity, person)
    t.diagnostic(say(quality))
    assert.ok(quality.f1 >= atLeast, say(quality))
  })
}
