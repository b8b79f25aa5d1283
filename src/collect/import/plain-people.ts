/**
 * People whose every value stands in its usual form are parsed by the engine; names, and words that come again and again, are read
 * once each and looked up. All other rows are left to `PeopleReader`, which decides what is refused; both say the same of a row
 * (plain-people.test.ts). 1 M usual rows: 26 s of processor by the reader and its threads, 4.7 s so.
 */
import type { App } from '../../platform/app.ts'
import { CHANNELS, type Mapping } from '../mapping.ts'
import {
  countryOf,
  genderOf,
  languageOf,
  type PeopleReader,
  parsedConsents,
  parsedNames,
  parsedPeople,
  yesNo,
} from './people.ts'
import * as plain from './plain-values.ts'

/** Rows whose names are looked up at a time: at most 100 MB of them. */
const SLICE = 500_000
/** Different words of a column that are looked up; a column that has more holds something else. */
const MOST_WORDS = 500
const LONGEST_WORD = 200

const NAME_FIELDS = ['organisation', 'kind', 'full_name', 'family_name', 'given_name'] as const
const SEPARATOR = '\u001f'

/** Fills the parsed tables with the rows in their usual form. */
export async function parsePlainPeople(
  app: App,
  importId: number,
  staging: string,
  mapping: Mapping,
  reader: PeopleReader,
  last: number,
): Promise<void> {
  const places = new Map(mapping.columns.map((column, c) => [column.field, c]))
  const cell = (field: string): string => (places.has(field) ? `c${places.get(field)}` : "''")
  const key = keyOf(mapping, cell)
  if (!key) return
  const [people, names] = [parsedPeople(importId), parsedNames(importId)]
  const words = await readWords(app, staging, cell)
  const columns = columnsOf(mapping, cell, key.value)
  const channels = CHANNELS.filter(channel => places.has(`consent.${channel}`))
  const nameKey = nameKeyOf(cell)
  const params = { ...words, now: Math.floor(reader.now), country: mapping.country, channels }
  const settings = { short_circuit_function_evaluation: 'force_enable', date_time_input_format: 'basic' }
  for (let from = 0; from <= last; from += SLICE) {
    const slice = `row_no >= ${from} AND row_no < ${from + SLICE}`
    await readNames(app, `SELECT DISTINCT ${nameKey} AS name_key FROM ${staging} WHERE ${slice}`, names, reader)
    await app.facts.exec(
      `INSERT INTO ${people} (row_no, ${Object.keys(columns).join(', ')}, kind, full_name, family_name, given_name, name_pinyin, name_initials)
       SELECT row_no, ${Object.keys(columns)
         .map(name => `its_${name}`)
         .join(', ')}, kind, full_name, family_name, given_name, pinyin, initials
       FROM (
         SELECT row_no, ${nameKey} AS name_key, ${Object.entries(columns)
           .map(([name, sql]) => `${sql} AS its_${name}`)
           .join(', ')}
         FROM ${staging} WHERE ${slice} AND ${[key.plain, ...plainOf(mapping, cell)].join(' AND ')}
       ) AS cells ANY LEFT JOIN ${names} AS names ON names.name_key = cells.name_key
       WHERE kind != '' AND ${KNOWN}`,
      params,
      { settings },
    )
  }
  if (channels.length === 0) return
  await app.facts.exec(
    `INSERT INTO ${parsedConsents(importId)} (row_no, row_key, channel, granted, at, wording)
     SELECT row_no, row_key, {channels:Array(String)}[place], said, consent_at, ''
     FROM ${people} ARRAY JOIN consents_said AS said, arrayEnumerate(consents_said) AS place WHERE said >= 0`,
    { channels },
  )
}

/** Key of a row, and whether it is a plain one; null where a row goes by what it says. */
function keyOf(mapping: Mapping, cell: (field: string) => string): { value: string; plain: string } | null {
  const keys = mapping.columns.flatMap((column, c) => (column.field === 'row_key' ? [`c${c}`] : []))
  if (keys.length > 0)
    return {
      value: keys.length === 1 ? keys[0]! : `concat(${keys.join(", '/', ")})`,
      plain: keys.map(plain.isKey).join(' AND '),
    }
  const accounts = mapping.columns.filter(column => column.field === 'account_no')
  if (mapping.rowKey !== 'account' || accounts.length !== 1) return null
  return { value: cell('account_no'), plain: `${cell('account_no')} != ''` }
}

const nameKeyOf = (cell: (field: string) => string): string =>
  `concat(${NAME_FIELDS.map(cell).join(`, '${SEPARATOR}', `)})`

/** Takes every different name apart once. */
async function readNames(app: App, distinct: string, table: string, reader: PeopleReader): Promise<void> {
  await app.facts.exec(`DROP TABLE IF EXISTS ${table} SYNC`)
  await app.facts.exec(
    `CREATE TABLE ${table} (name_key String, kind String, full_name String, family_name String, given_name String, pinyin String,
       initials String) ENGINE = Memory`,
  )
  for await (const batch of app.facts.stream(distinct)) {
    const keys: string[] = []
    const columns: string[][] = [[], [], [], [], [], []]
    for (const key of batch.str('name_key')) {
      const cells = key.split(SEPARATOR)
      // A name that holds the separator itself is left to the reader.
      if (cells.length !== NAME_FIELDS.length) continue
      const name = reader.names(field => cells[NAME_FIELDS.indexOf(field as (typeof NAME_FIELDS)[number])] ?? '')
      keys.push(key)
      const values = [name.kind, name.full, name.family, name.given, name.pinyin, name.initials]
      for (let c = 0; c < values.length; c++) columns[c]!.push(values[c]!)
    }
    const names = ['kind', 'full_name', 'family_name', 'given_name', 'pinyin', 'initials']
    await app.facts.insertColumns(table, {
      name_key: { type: 'String', values: keys },
      ...Object.fromEntries(names.map((name, c) => [name, { type: 'String', values: columns[c]! }])),
    })
  }
}

const WORDS: [field: string, read: (raw: string) => string][] = [
  ['gender', genderOf],
  ['country', countryOf],
  ['language', languageOf],
  ...CHANNELS.map((channel): [string, (raw: string) => string] => [
    `consent.${channel}`,
    raw => (raw.trim() === '' ? '-1' : yesNo(raw) < 0 ? '-2' : String(yesNo(raw))),
  ]),
]
const nameOf = (field: string): string => field.replace('.', '_')

/** What the words of the columns mean that hold few, as parameters `<field>_from` and `<field>_to`. */
async function readWords(
  app: App,
  staging: string,
  cell: (field: string) => string,
): Promise<Record<string, string[]>> {
  const found = await app.facts.one<Record<string, string[]>>(
    `SELECT ${WORDS.map(([field]) => `groupUniqArray(${MOST_WORDS})(${cell(field)}) AS ${nameOf(field)}`).join(', ')} FROM ${staging}`,
  )
  const params: Record<string, string[]> = {}
  for (const [field, read] of WORDS) {
    const raws = (found[nameOf(field)] ?? []).filter(raw => raw.length <= LONGEST_WORD)
    // Never empty, because the engine cannot tell the type of an empty list.
    params[`${nameOf(field)}_from`] = raws.length > 0 ? raws : ['']
    params[`${nameOf(field)}_to`] = raws.length > 0 ? raws.map(read) : [read('')]
  }
  return params
}

const word = (field: string, cell: (field: string) => string, unknown: string): string =>
  `transform(${cell(field)}, {${nameOf(field)}_from:Array(String)}, {${nameOf(field)}_to:Array(String)}, '${unknown}')`

/** What is stored of a row, by column; names are joined. */
function columnsOf(mapping: Mapping, cell: (field: string) => string, key: string): Record<string, string> {
  const zone = mapping.timeZone
  const said = CHANNELS.filter(channel => cell(`consent.${channel}`) !== "''")
  const instants = ['consent.at', 'updated_at', 'created_at'].filter(field => cell(field) !== "''")
  const nullable = (field: string, sql: string): string => (cell(field) === "''" ? 'NULL' : sql)
  const consentAt = instants.map(field => plain.instant(cell(field), zone)).join(', ')
  return {
    row_key: key,
    country: `if(${word('country', cell, plain.UNKNOWN)} = '', {country:String}, ${word('country', cell, plain.UNKNOWN)})`,
    gender: word('gender', cell, plain.UNKNOWN),
    language: word('language', cell, plain.UNKNOWN),
    mobile: plain.mobile(cell('mobile'), 'its_country'),
    mobile2: plain.mobile(cell('mobile2'), 'its_country'),
    landline: plain.landline(cell('landline'), 'its_country'),
    email: `lower(${cell('email')})`,
    id_number: `upper(${cell('id_number')})`,
    org_code: `upper(${cell('org_code')})`,
    contact_person: cell('contact_person'),
    province: cell('province'),
    city: cell('city'),
    district: cell('district'),
    street: streetOf(cell),
    postcode: `upper(${cell('postcode')})`,
    address2: cell('address2'),
    account_no: cell('account_no'),
    birth_date: nullable('birth_date', plain.date(cell('birth_date'))),
    updated_at: nullable('updated_at', plain.instant(cell('updated_at'), zone)),
    created_at: nullable('created_at', plain.instant(cell('created_at'), zone)),
    consent_at: `ifNull(${instants.length > 1 ? `coalesce(${consentAt})` : consentAt || 'NULL'}, toDateTime(0, 'UTC'))`,
    consents_said: `CAST([${said.map(channel => word(`consent.${channel}`, cell, '-2')).join(', ')}], 'Array(Int8)')`,
  }
}

const streetOf = (cell: (field: string) => string): string =>
  cell('address') === "''" ? cell('street') : `if(${cell('street')} != '', ${cell('street')}, ${cell('address')})`

/** Conditions of the usual form over the cells; of fields that the file does not have there are none. */
function plainOf(mapping: Mapping, cell: (field: string) => string): string[] {
  const texts = ['contact_person', 'province', 'city', 'district', 'street', 'address', 'postcode', 'address2']
  const forms: [field: string, form: (sql: string) => string][] = [
    ['email', plain.isEmail],
    ['id_number', plain.isLettersAndDigits],
    ['org_code', plain.isLettersAndDigits],
    ['account_no', plain.isCode],
    ['postcode', plain.isAscii],
    ['address2', sql => `NOT startsWith(${sql}, '{')`],
    ['birth_date', plain.isDate],
    ...['updated_at', 'created_at', 'consent.at'].map((field): [string, (sql: string) => string] => [
      field,
      sql => plain.isInstant(sql, mapping.timeZone),
    ]),
    ['consents', sql => `${sql} = ''`],
    ...mapping.columns
      .map(column => column.field)
      .filter(field => field.startsWith('number:'))
      .map((field): [string, (sql: string) => string] => [field, plain.isWhole]),
  ]
  const there = (field: string): boolean => cell(field) !== "''"
  return [
    plain.cleanTexts(texts.filter(there).map(cell)),
    ...forms.filter(([field]) => there(field)).map(([field, form]) => form(cell(field))),
  ]
}

/** Conditions over what came out: every word and number known, numbers where they belong, somebody meant. */
const KNOWN = `its_country != '${plain.UNKNOWN}' AND its_gender != '${plain.UNKNOWN}' AND its_language != '${plain.UNKNOWN}'
  AND its_mobile != '${plain.UNKNOWN}' AND its_mobile2 != '${plain.UNKNOWN}' AND its_landline != '${plain.UNKNOWN}'
  AND (its_mobile2 = '' OR (its_mobile != '' AND its_mobile2 != its_mobile)) AND NOT has(its_consents_said, -2)
  AND NOT (full_name = '' AND its_email = '' AND its_id_number = '' AND its_org_code = '' AND its_mobile = '' AND its_landline = '' AND its_account_no = '')`
