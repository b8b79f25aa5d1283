/**
 * A scorecard of any table: what each column is, how much of it is filled, how much of that can be right, which values cannot, where
 * columns contradict each other. Every distinct value is judged once.
 */
import { type FileTable, rowIds } from '../../match/files/file-table.ts'
import { recogniseColumns } from '../../match/recognise.ts'
import type { Role } from '../../match/roles.ts'
import { readDate } from '../../standardise/date.ts'
import { readGender } from '../../standardise/gender.ts'
import { readIdNumber } from '../../standardise/id-number.ts'
import { hasHan } from '../../standardise/text.ts'
import { postcodeFits } from '../divisions.ts'
import { type Fault, faultOf, HAS_FORM } from './judge-value.ts'

export interface FieldProfile {
  field: string
  role: Role
  records: number
  filled: number
  /** Of the filled values; null where the role has no form that could be wrong. */
  valid: number | null
  distinct: number
  faults: Partial<Record<Fault, number>>
  /** Line of the file, the row's id, the value as it stands there. */
  examples: { line: number; row: string; value: string; fault: Fault }[]
}

export interface Contradiction {
  check: 'birth-date-against-id' | 'gender-against-id' | 'postcode-against-province'
  checked: number
  failed: number
  examples: { line: number; row: string; value: string }[]
}

export interface Profile {
  records: number
  rejected: number
  fields: FieldProfile[]
  contradictions: Contradiction[]
}

const EXAMPLES = 5
/** Values looked at to tell what a column is. */
const SAMPLE = 500

export function profileTable(table: FileTable): Profile {
  const records = table.lines.length
  const roles = recogniseColumns(table.headers, column => table.columns[column]!.values.slice(1, SAMPLE + 1))
  const country = likelyCountry(table)
  const row = rowIds(table)
  const fields = table.headers.map((field, c) => profileColumn(table, c, field, roles[c] ?? 'text', country, row))
  return { records, rejected: table.rejected.length, fields, contradictions: contradictions(table, roles, row) }
}

/** Where numbers without a country are taken to be: China where names or places are written in Chinese. */
function likelyCountry(table: FileTable): string {
  const values = table.columns.flatMap(column => column.values.slice(1, 200))
  return values.filter(hasHan).length * 10 >= values.length ? 'CN' : 'GB'
}

function profileColumn(
  table: FileTable,
  place: number,
  field: string,
  role: Role,
  country: string,
  row: (record: number) => string,
): FieldProfile {
  const column = table.columns[place]!
  const verdicts = new Map<string, Fault | '' | 'empty'>()
  const judged = (value: string): Fault | '' | 'empty' => {
    let verdict = verdicts.get(value)
    if (verdict === undefined) {
      verdict = value.trim() === '' ? 'empty' : role === 'ignore' ? '' : faultOf(value, role, country)
      verdicts.set(value, verdict)
    }
    return verdict
  }
  const profile: FieldProfile = {
    field,
    role,
    records: table.lines.length,
    filled: 0,
    valid: HAS_FORM.has(role) ? 0 : null,
    distinct: 0,
    faults: {},
    examples: [],
  }
  const shown = new Set<string>()
  let right = 0
  for (let record = 0; record < table.lines.length; record++) {
    const value = column.at(record)
    const fault = judged(value)
    if (fault === 'empty') continue
    profile.filled++
    if (fault === '') {
      right++
      continue
    }
    profile.faults[fault] = (profile.faults[fault] ?? 0) + 1
    if (profile.examples.length < EXAMPLES && !shown.has(value)) {
      shown.add(value)
      profile.examples.push({ line: table.lines[record]!, row: row(record), value, fault })
    }
  }
  // A made-up value is wrong whatever the column.
  if (profile.valid !== null || right < profile.filled) profile.valid = right
  profile.distinct = [...verdicts].filter(([, verdict]) => verdict !== 'empty').length
  return profile
}

function contradictions(table: FileTable, roles: readonly Role[], row: (record: number) => string): Contradiction[] {
  const column = (role: Role) => {
    const place = roles.indexOf(role)
    return place < 0 ? undefined : table.columns[place]
  }
  const [id, birth, gender, postcode, province] = (
    ['id-number', 'birth-date', 'gender', 'postcode', 'province'] as const
  ).map(column)
  const found: Contradiction[] = []
  /** null: the check does not apply to the record. */
  const look = (check: Contradiction['check'], judge: (record: number) => { right: boolean; value: string } | null) => {
    const result: Contradiction = { check, checked: 0, failed: 0, examples: [] }
    for (let record = 0; record < table.lines.length; record++) {
      const verdict = judge(record)
      if (!verdict) continue
      result.checked++
      if (verdict.right) continue
      result.failed++
      if (result.examples.length < EXAMPLES)
        result.examples.push({ line: table.lines[record]!, row: row(record), value: verdict.value })
    }
    if (result.checked > 0) found.push(result)
  }
  if (id && birth)
    look('birth-date-against-id', record => {
      const number = readIdNumber(id.at(record))
      const { ymd } = readDate(birth.at(record))
      if (!number.verified || number.birth === 0 || ymd === 0) return null
      return { right: number.birth === ymd, value: `${id.at(record)} / ${birth.at(record)}` }
    })
  if (id && gender)
    look('gender-against-id', record => {
      const number = readIdNumber(id.at(record))
      const said = readGender(gender.at(record))
      if (number.sex === '' || said === '') return null
      return { right: number.sex === said, value: `${id.at(record)} / ${gender.at(record)}` }
    })
  if (postcode && province)
    look('postcode-against-province', record => {
      const code = postcode.at(record).trim()
      const name = province.at(record).trim()
      if (!/^\d{6}$/.test(code) || !hasHan(name)) return null
      return { right: postcodeFits(code, name), value: `${code} / ${name}` }
    })
  return found
}
