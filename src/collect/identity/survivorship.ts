/**
 * Which value of a field survives in the golden record. Candidates are ranked by validity first, then by the tier of their source (an
 * address book never beats a business source, whatever its date), then by how far they are
 * believed: the source's trust, halved in about 27 months of age (contact data decays by 2.5 % a month), plus a tenth for every other
 * source that says the same; the newer wins a tie. What customers told us themselves comes as a source of full trust.
 */
import { validCreditCode, validEmail, validPhone, validResidentId } from '../quality/validity.ts'

/** A unit survives as a whole: an address is never put together from two sources. */
export interface GoldenUnit {
  /** Name in the provenance. */
  unit: string
  /** Fields of a record; the unit is known when the first is filled. */
  fields: string[]
  /** SQL over a record's fields, 0 or 1; a valid value always beats an invalid one. */
  valid: string
  /** Added to the trust, e.g. for a name in characters beside its romanisation. */
  bonus?: string
}

export const GOLDEN_UNITS: readonly GoldenUnit[] = [
  {
    unit: 'name',
    fields: ['full_name', 'family_name', 'given_name', 'name_pinyin', 'name_initials'],
    valid: '1',
    bonus: "if(match(full_name, '\\\\p{Han}'), 0.5, 0) + if(match(full_name, '^\\\\S\\\\.? '), -0.2, 0)",
  },
  { unit: 'gender', fields: ['gender'], valid: '1' },
  { unit: 'birth_date', fields: ['birth_date'], valid: '1' },
  {
    unit: 'id_number',
    fields: ['id_number'],
    valid: `if(length(id_number) = 18, ${validResidentId('id_number')}, 1)`,
  },
  { unit: 'org_code', fields: ['org_code'], valid: validCreditCode('org_code') },
  { unit: 'contact_person', fields: ['contact_person'], valid: '1' },
  { unit: 'mobile', fields: ['mobile'], valid: validPhone('mobile') },
  { unit: 'landline', fields: ['landline'], valid: validPhone('landline') },
  { unit: 'email', fields: ['email'], valid: validEmail('email') },
  {
    unit: 'address',
    fields: ['street', 'district', 'city', 'province', 'country', 'postcode'],
    valid: '1',
    bonus: "if(postcode != '', 0.1, 0) + if(district != '', 0.05, 0)",
  },
  { unit: 'language', fields: ['language'], valid: '1' },
]

/** Fields of the golden record that belong to the unit of another name. */
export const unitOfField = (field: string): string => {
  if (['name', 'full_name', 'family_name', 'given_name'].includes(field)) return 'name'
  return ['street', 'district', 'city', 'province', 'country', 'postcode'].includes(field) ? 'address' : field
}

export const RECORD_FIELDS: readonly string[] = GOLDEN_UNITS.flatMap(unit => unit.fields)

/** 2.5 % a month, the decay of contact data that the trade reports. */
const MONTHLY_DECAY = 0.975
const SECONDS_A_MONTH = 2_629_746

/** Sources trusted less than this (synced address books, bought lists) only fill what no other source says. */
export const BUSINESS_TRUST = 0.4

/** SQL: how far a record is believed, before agreement. */
export const BELIEF = `trust * pow(${MONTHLY_DECAY}, greatest(0, toInt64(toUnixTimestamp({now:DateTime})) - toInt64(toUnixTimestamp(at))) / ${SECONDS_A_MONTH})`

/** Columns of a record that ranking needs beside its fields: validity (2 or 0) with the tier (1 or 0), and bonus, of each unit. */
export const judged = (units: readonly GoldenUnit[]): string =>
  units
    .map(
      ({ unit, valid, bonus }) =>
        `toUInt8(2 * toUInt8(${valid}) + (trust >= ${BUSINESS_TRUST})) AS ${unit}_valid, toFloat64(${bonus ?? '0'}) AS ${unit}_bonus`,
    )
    .join(',\n           ')

/** SQL: the records of a customer, column by column; whole rows in one array would be copied for every comparison. */
export const gathered = (units: readonly GoldenUnit[]): string =>
  [
    ...units.flatMap(({ fields }) => fields),
    ...units.flatMap(({ unit }) => [`${unit}_valid`, `${unit}_bonus`]),
    'source',
    'row_key',
    'at',
    'belief',
  ]
    .map(column => `groupArray(${column}) AS ${column}_s`)
    .join(', ')

export const JUDGED = judged(GOLDEN_UNITS)
export const GATHERED = gathered(GOLDEN_UNITS)

/** SQL: candidates of a unit, best first: (values, validity and tier, belief, at, source, row_key). */
export function rankedCandidates({ unit, fields }: GoldenUnit): string {
  const lead = fields[0]
  const values = fields.map((_, f) => `v${f}`)
  return `arrayReverseSort(c -> (c.2, c.3, c.4, c.5, c.6), arrayFilter(c -> c.1[1] != '', arrayMap(
    (${values.join(', ')}, valid, bonus, belief, at, source, row_key) -> ([${values.join(', ')}], valid,
      belief + bonus + 0.1 * (length(arrayDistinct(arrayFilter((s, v) -> v = v0, source_s, ${lead}_s))) - 1), at, source, row_key),
    ${[...fields, `${unit}_valid`, `${unit}_bonus`, 'belief', 'at', 'source', 'row_key'].map(column => `${column}_s`).join(', ')})))`
}

/** SQL: the first thing in which a beaten candidate is worse than the best. */
export const worseIn = (beaten: string, best: string): string =>
  `multiIf(intDiv(${beaten}.2, 2) < intDiv(${best}.2, 2), 'invalid', ${beaten}.2 < ${best}.2, 'less trusted',
                ${beaten}.4 < ${best}.4, 'older', ${beaten}.3 < ${best}.3, 'less trusted', 'equal')`
