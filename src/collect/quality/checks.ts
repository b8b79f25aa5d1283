/**
 * A rule compiled to SQL over one source record: where it applies, when it fails, what is shown. Everything a person typed into a
 * rule goes as a typed parameter; nothing is pasted into the statement.
 */
import type { Params, ParamValue } from '../../platform/stores/facts/index.ts'
import { currentSourceRecords } from '../identity/current.ts'
import { PROVINCE_AREAS, PROVINCES } from './divisions.ts'
import { fieldSql } from './fields.ts'
import { PLACEHOLDERS, REPEATED } from './placeholders.ts'
import type { Check, QualityRule } from './rule.ts'
import {
  validCreditCode,
  validEmail,
  validLandline,
  validMobile,
  validPhone,
  validPostcode,
  validResidentId,
} from './validity.ts'

export interface CompiledRule {
  rule: QualityRule
  applies: string
  fails: string
  /** What is shown of a failing row. */
  value: string
  params: Params
}

/** Fields of the golden record that hold the same form as the source record's. */
const GOLDEN: Record<string, string> = {
  full_name: 'name',
  gender: 'gender',
  birth_date: "ifNull(toString(birth_date), '')",
  id_number: 'id_number',
  org_code: 'org_code',
  mobile: 'mobile',
  landline: 'landline',
  email: 'email',
  country: 'country',
  city: 'city',
  street: 'street',
  address: 'street',
  postcode: 'postcode',
  language: 'language',
}

export const comparesWithGolden = (field: string): boolean => field in GOLDEN

const PHONES = { any: validPhone, mobile: validMobile, landline: validLandline } as const

/** `prefix` keeps the parameters of several rules in one statement apart. Statements need `run_id` (identity, 0: none) and `as_of`. */
export function compileRule(rule: QualityRule, prefix: string): CompiledRule {
  const params: Record<string, ParamValue> = {}
  const param = (type: string) => (value: ParamValue) => {
    const name = `${prefix}_${Object.keys(params).length}`
    params[name] = value
    return `{${name}:${type}}`
  }
  const text = param('String')
  const texts = param('Array(String)')
  const number = param('Float64')
  const column = (field: string) => fieldSql(field, text)
  const value = column(rule.field)
  const { when } = rule
  const where = [
    when.kind ? `kind = ${text(when.kind)}` : '',
    when.filled ? `${column(when.filled)} != ''` : '',
    when.country ? `country = ${text(when.country)}` : '',
    when.sources ? `has(${texts(when.sources)}, source)` : '',
  ]
  const { applies = `${value} != ''`, fails } = compileCheck(rule.check)
  return {
    rule,
    value,
    applies: [applies, ...where].filter(Boolean).join(' AND ') || 'true',
    fails,
    params,
  }

  function compileCheck(check: Check): { applies?: string; fails: string } {
    switch (check.kind) {
      case 'filled': {
        const asked = check.anyOf ?? [rule.field]
        return { applies: 'true', fails: asked.map(field => `${column(field)} = ''`).join(' AND ') }
      }
      case 'phone':
        return { fails: `NOT (${PHONES[check.type](value)})` }
      case 'email':
        return { fails: `NOT (${validEmail(value)})` }
      case 'checksum':
        // Passports and old numbers of 15 digits have no check sign.
        return check.scheme === 'credit-code'
          ? { fails: `NOT ${validCreditCode(value)}` }
          : { fails: `length(${value}) = 18 AND NOT ${validResidentId(value)}` }
      case 'agrees-with-id': {
        const resident = "match(id_number, '^\\\\d{17}[\\\\dX]$')"
        return check.part === 'birth_date'
          ? {
              applies: `${resident} AND isNotNull(birth_date)`,
              fails: "substring(id_number, 7, 8) != replaceAll(ifNull(toString(birth_date), ''), '-', '')",
            }
          : {
              applies: `${resident} AND gender IN ('m', 'f')`,
              fails: "(toUInt8OrZero(substring(id_number, 17, 1)) % 2 = 1) != (gender = 'm')",
            }
      }
      case 'postcode': {
        if (!check.division) return { applies: "postcode != ''", fails: `NOT ${validPostcode}` }
        const province = `arrayFirst(name -> startsWith(province, name), ${texts([...PROVINCES])})`
        return {
          applies: `country = 'CN' AND match(postcode, '^\\\\d{6}$') AND ${province} != ''`,
          fails: `NOT has(${texts([...PROVINCE_AREAS])}, concat(${province}, ' ', substring(postcode, 1, 2)))`,
        }
      }
      case 'age':
        return {
          applies: 'isNotNull(birth_date)',
          fails: `dateDiff('year', assumeNotNull(birth_date), toDate32({as_of:String})) NOT BETWEEN ${number(check.min)} AND ${number(check.max)}`,
        }
      case 'date-range': {
        const bounds = [
          check.from === undefined ? '' : `left(${value}, 10) < ${text(check.from)}`,
          check.to === undefined ? '' : `left(${value}, 10) > ${text(check.to)}`,
        ].filter(Boolean)
        return { fails: bounds.length === 0 ? 'false' : bounds.join(' OR ') }
      }
      case 'not-before':
        return {
          applies: `${value} != '' AND ${column(check.other)} != ''`,
          fails: `left(${value}, length(${column(check.other)})) < left(${column(check.other)}, length(${value}))`,
        }
      case 'range': {
        const read = `toFloat64OrNull(replaceAll(${value}, ',', ''))`
        const bounds = [
          `isNull(${read})`,
          check.min === undefined ? '' : `${read} < ${number(check.min)}`,
          check.max === undefined ? '' : `${read} > ${number(check.max)}`,
        ].filter(Boolean)
        return { fails: `ifNull(${bounds.join(' OR ')}, true)` }
      }
      case 'length':
        return { fails: `lengthUTF8(${value}) NOT BETWEEN ${number(check.min)} AND ${number(check.max)}` }
      case 'one-of':
        return { fails: `NOT has(${texts(check.values)}, ${value})` }
      case 'pattern':
        return { fails: `${check.mode === 'must' ? 'NOT ' : ''}match(${value}, ${text(check.pattern)})` }
      case 'placeholder': {
        const known = texts([...PLACEHOLDERS, ...check.values.map(other => other.toLowerCase())])
        return { fails: `has(${known}, lowerUTF8(trim(${value}))) OR match(${value}, '${REPEATED}')` }
      }
      case 'unique':
        return {
          fails: `(source, ${value}) IN (SELECT source, ${value} AS same FROM (${currentSourceRecords('*')}) WHERE same != '' GROUP BY source, same HAVING count() > 1)`,
        }
      case 'agrees-with-golden': {
        const golden = GOLDEN[rule.field] ?? "''"
        const believed = `SELECT source, row_key, believed FROM
          (SELECT source, row_key, customer_id FROM record_links WHERE run_id = {run_id:UInt64}) AS links
          INNER JOIN (SELECT customer_id, ${golden} AS believed FROM golden_records WHERE run_id = {run_id:UInt64}) AS golden USING (customer_id)`
        return {
          applies: `${value} != '' AND (source, row_key) IN (SELECT source, row_key FROM (${believed}) WHERE believed != '')`,
          fails: `(source, row_key, ${value}) NOT IN (${believed})`,
        }
      }
      case 'fresh':
        return {
          applies: 'isNotNull(updated_at)',
          fails: `updated_at < toDateTime({as_of:String}, 'UTC') - toIntervalMonth(toInt32(${number(check.months)}))`,
        }
    }
  }
}
