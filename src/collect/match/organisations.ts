/**
 * Organisations beside people: which records are which, their names kept out of the names of people, and people linked to the
 * organisation they belong to: by the company their record names, by the contact person an organisation's record names, by the domain of
 * their e-mail address where one organisation alone has it.
 */
import { readEmail } from '../standardise/email.ts'
import { isFreeHost, readDomain } from '../standardise/email-host.ts'
import { readIdNumber } from '../standardise/id-number.ts'
import { looksLikeOrganisation, organisationCore } from '../standardise/organisation.ts'
import { readFullName } from '../standardise/person-name.ts'
import { readPhone } from '../standardise/phone.ts'
import type { PeopleColumn, PeopleTable, Role } from './roles.ts'

/** Labels for `MatchOptions.apart`: 0 = cannot be told, so it may join either. */
export const PERSON = 1
export const ORGANISATION = 2

const ORGANISATION_WORDS = /企业|单位|公司|机构|组织|团体|compan|organi|business|corporate|firm|enterprise/i
const PERSON_WORDS = /个人|自然人|personal|person|individual|private|consumer/i

/** 企业, "business account" → organisation; 个人, "private" → person; else 0. */
export const readKind = (raw: string): number =>
  ORGANISATION_WORDS.test(raw) ? ORGANISATION : PERSON_WORDS.test(raw) ? PERSON : 0

const valuesOf = (table: PeopleTable, ...roles: Role[]): ((record: number) => string[]) => {
  const columns = table.columns.filter(column => roles.includes(column.role))
  return record => columns.map(column => column.values.at(record)?.trim() ?? '').filter(value => value !== '')
}

/** What each record is: said by a column, else told by what only the one or the other has. */
export function kindsOf(table: PeopleTable): Uint32Array {
  const kind = valuesOf(table, 'kind')
  const personal = valuesOf(table, 'given-name', 'surname', 'birth-date', 'birth-year', 'gender')
  const names = valuesOf(table, 'full-name')
  const organisations = valuesOf(table, 'organisation')
  const numbers = valuesOf(table, 'id-number', 'tax-code')
  const seen = new Map<string, boolean>()
  const marked = (name: string): boolean => {
    let is = seen.get(name)
    if (is === undefined) {
      is = looksLikeOrganisation(name)
      seen.set(name, is)
    }
    return is
  }
  return new Uint32Array(table.records).map((_, i) => {
    const said = kind(i).map(readKind).find(Boolean)
    if (said !== undefined) return said
    const ids = numbers(i).map(readIdNumber)
    if (ids.some(id => id.verified && id.kind === 'resident')) return PERSON
    if (names(i).some(marked)) return ORGANISATION
    if (personal(i).length > 0) return PERSON
    if (ids.some(id => id.verified && id.kind === 'credit-code')) return ORGANISATION
    if (names(i).length > 0) return PERSON
    return organisations(i).length > 0 ? ORGANISATION : 0
  })
}

/** The table with the names of organisations where organisations' names belong; a table of people alone stays as it is. */
export function namesApart(table: PeopleTable, kinds: Uint32Array): PeopleTable {
  const full = table.columns.filter(column => column.role === 'full-name')
  if (full.length === 0 || !kinds.includes(ORGANISATION)) return table
  const own = table.columns.filter(column => column.role === 'organisation')
  const first = (columns: PeopleColumn[], i: number): string =>
    columns.map(column => column.values.at(i) ?? '').find(value => value !== '') ?? ''
  const names: PeopleColumn = {
    name: own[0]?.name ?? 'organisation',
    role: 'organisation',
    // The company a person works for says little beside it: it is how people are linked, not who they are.
    values: { at: i => (kinds[i] === ORGANISATION ? first(full, i) || first(own, i) : first(own, i)) },
  }
  const columns = table.columns
    .filter(column => column.role !== 'organisation')
    .map(column =>
      column.role === 'full-name'
        ? { ...column, values: { at: (i: number) => (kinds[i] === ORGANISATION ? '' : column.values.at(i)) } }
        : column,
    )
  return { ...table, columns: [...columns, names] }
}

export interface OrganisationLink {
  /** A record of a person. */
  person: number
  /** A record of the organisation; all of its entity's records mean the same. */
  organisation: number
  by: 'company' | 'contact person' | 'domain'
}

/** Roles a table of organisations may carry beside the matcher's own. */
export interface LinkColumns {
  /** Name of the person an organisation's record gives as its contact. */
  contactPerson?: { at(record: number): string | undefined }
}

/**
 * Which people belong to which organisation. `entity`: the smallest record of each record's entity, as matching gave it; links are given
 * once per person and organisation, the strongest reason first.
 */
export function linkToOrganisations(
  table: PeopleTable,
  kinds: Uint32Array,
  entity: ArrayLike<number>,
  extra: LinkColumns = {},
): OrganisationLink[] {
  const names = valuesOf(table, 'full-name', 'organisation')
  const companies = valuesOf(table, 'organisation')
  const mails = valuesOf(table, 'email')
  const phones = valuesOf(table, 'phone')
  const byName = new Map<string, Set<number>>()
  const byDomain = new Map<string, Set<number>>()
  const put = (map: Map<string, Set<number>>, key: string, of: number): void => {
    if (key === '') return
    const known = map.get(key)
    if (known) known.add(of)
    else map.set(key, new Set([of]))
  }
  const domainOf = (mail: string): string => {
    const domain = readDomain(readEmail(mail).domain)
    return isFreeHost(domain) ? '' : domain
  }
  for (let i = 0; i < table.records; i++) {
    if (kinds[i] !== ORGANISATION) continue
    for (const name of names(i)) put(byName, organisationCore(name), entity[i]!)
    for (const mail of mails(i)) put(byDomain, domainOf(mail), entity[i]!)
  }
  const links = new Map<string, OrganisationLink>()
  const link = (person: number, organisation: number, by: OrganisationLink['by']): void => {
    const key = `${entity[person]}/${entity[organisation]}`
    if (!links.has(key)) links.set(key, { person, organisation, by })
  }
  const only = (found: Set<number> | undefined): number | undefined => (found?.size === 1 ? [...found][0] : undefined)
  const people: number[] = []
  for (let i = 0; i < table.records; i++) if (kinds[i] === PERSON) people.push(i)
  for (const i of people) {
    for (const company of companies(i)) {
      const found = only(byName.get(organisationCore(company)))
      if (found !== undefined) link(i, found, 'company')
    }
  }
  if (extra.contactPerson) linkContacts(extra.contactPerson)
  for (const i of people) {
    for (const mail of mails(i)) {
      const found = only(byDomain.get(domainOf(mail)))
      if (found !== undefined) link(i, found, 'domain')
    }
  }
  return [...links.values()]

  /** A contact is the person of that name who has a telephone or an e-mail address in common with the organisation. */
  function linkContacts(contact: NonNullable<LinkColumns['contactPerson']>): void {
    const sound = (name: string): string => {
      const { surname, given } = readFullName(name)
      return [surname, given].sort().join(' ')
    }
    const ways = (i: number): string[] => [
      ...phones(i).map(phone => readPhone(phone, table.country).e164),
      ...mails(i).map(mail => readEmail(mail).address),
    ]
    const byWay = new Map<string, Set<number>>()
    for (const i of people) for (const way of ways(i)) put(byWay, way, i)
    const fullNames = valuesOf(table, 'full-name')
    for (let i = 0; i < table.records; i++) {
      const name = kinds[i] === ORGANISATION ? sound(contact.at(i) ?? '') : ' '
      if (name.trim() === '') continue
      const near = new Set(ways(i).flatMap(way => [...(byWay.get(way) ?? [])]))
      for (const person of near)
        if (fullNames(person).some(own => sound(own) === name)) link(person, i, 'contact person')
    }
  }
}
