/**
 * Which value of a field survives in the golden record. Candidates are ranked by validity first, then by how far they are
 * believed: the source's trust, halved in about 27 months of age (contact data decays by 2.5 % a month), plus a tenth for every other
 * source that says the same; the newer wins a tie. What customers told us themselves comes as a source of full trust.
 */
import { validCreditCode, validEmail, validPhone, validResidentId } from '../quality/rules.ts'

/** A unit survives as a whole: an address is never put together from two sources. */
export interface GoldenUnit {
  /** Name in the provenance. */
  unit: string
  /** Fields of a record, in order. */
  fields: string[]
  /** The unit is known when this field is filled. */
  lead: string
  /** SQL over a record's fields, 0 or 1; a valid value always beats an invalid one. */
  valid: string
  /** Added to the trust, e.g. for a name in characters beside its romanisation. */
  bonus?: string
}

export const GOLDEN_UNITS: readonly GoldenUnit[] = [
  {
    unit: 'name',
    fields: ['full_name', 'family_name', 'given_name', 'name_pinyin', 'name_initials'],
    lead: 'full_name',
    valid: '1',
    bonus: "if(match(full_name, '\\\\p{Han}'), 0.5, 0) + if(match(full_name, '^\\\\S\\\\.? '), -0.2, 0)",
  },
  { unit: 'gender', fields: ['gender'], lead: 'gender', valid: '1' },
  { unit: 'birth_date', fields: ['birth_date'], lead: 'birth_date', valid: '1' },
  {
    unit: 'id_number',
    fields: ['id_number'],
    lead: 'id_number',
    valid: `if(length(id_number) = 18, ${validResidentId('id_number')}, 1)`,
  },
  { unit: 'org_code', fields: ['org_code'], lead: 'org_code', valid: validCreditCode('org_code') },
  { unit: 'contact_person', fields: ['contact_person'], lead: 'contact_person', valid: '1' },
  { unit: 'mobile', fields: ['mobile'], lead: 'mobile', valid: validPhone('mobile') },
  { unit: 'landline', fields: ['landline'], lead: 'landline', valid: validPhone('landline') },
  { unit: 'email', fields: ['email'], lead: 'email', valid: validEmail('email') },
  {
    unit: 'address',
    fields: ['street', 'district', 'city', 'province', 'country', 'postcode'],
    lead: 'street',
    valid: '1',
    bonus: "if(postcode != '', 0.1, 0) + if(district != '', 0.05, 0)",
  },
  { unit: 'language', fields: ['language'], lead: 'language', valid: '1' },
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

/** SQL: how far a record is believed, before agreement. */
export const BELIEF = `trust * pow(${MONTHLY_DECAY}, greatest(0, toInt64(toUnixTimestamp({now:DateTime})) - toInt64(toUnixTimestamp(at))) / ${SECONDS_A_MONTH})`

/**
 * SQL: candidates of a unit, best first, from `records`, an array of named tuples with the record's fields, source, row_key,
 * at and belief: (values, valid, belief, at, source, row_key).
 */
export function rankedCandidates(unit: GoldenUnit): string {
  const field = (sql: string) =>
    RECORD_FIELDS.reduce(
      (text, name) => text.replaceAll(new RegExp(`(?<![\\w'.])${name}(?![\\w'(])`, 'g'), `r.${name}`),
      sql,
    )
  const values = `[${unit.fields.map(name => `r.${name}`).join(', ')}]`
  const belief = `r.belief + ${field(unit.bonus ?? '0')}`
  const known = `arrayFilter(r -> r.${unit.lead} != '', records)`
  return `arrayReverseSort(c -> (c.2, c.3, c.4, c.5, c.6), arrayMap(r -> (
    ${values},
    toUInt8(${field(unit.valid)}),
    toFloat64(${belief}) + 0.1 * (length(arrayDistinct(arrayMap(o -> o.source, arrayFilter(o -> o.${unit.lead} = r.${unit.lead}, records)))) - 1),
    r.at, r.source, r.row_key), ${known}))`
}
