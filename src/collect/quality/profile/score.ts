/**
 * One figure for a table. Completeness and validity are means over its columns, weighted by what a company does with them; uniqueness
 * is the share of records that are not somebody's second; consistency, of checks between columns that agree. What could not be
 * measured is left out and the others stand for it.
 */
import type { Role } from '../../match/roles.ts'
import type { Profile } from './profile.ts'

/** How much a column matters. Not listed: not counted. */
export const ROLE_WEIGHT: Partial<Record<Role, number>> = {
  'full-name': 3,
  surname: 2,
  'given-name': 1,
  organisation: 1,
  phone: 3,
  email: 3,
  address: 2,
  street: 2,
  city: 1,
  postcode: 1,
  'id-number': 1,
  'birth-date': 1,
}
export const PART_WEIGHT = { completeness: 35, validity: 45, uniqueness: 10, consistency: 10 } as const
export type Part = keyof typeof PART_WEIGHT

export interface Score {
  /** 0 to 100, one decimal. */
  overall: number
  /** Shares 0 to 1; null: nothing to measure it by. */
  parts: Record<Part, number | null>
}

export function scoreTable(profile: Profile, duplicates: number | null): Score {
  const counted = profile.fields.flatMap(field => {
    const weight = ROLE_WEIGHT[field.role]
    return weight === undefined || field.records === 0 ? [] : [{ ...field, weight }]
  })
  const mean = (rows: { weight: number; share: number }[]): number | null => {
    const total = rows.reduce((sum, { weight }) => sum + weight, 0)
    return total === 0 ? null : rows.reduce((sum, { weight, share }) => sum + weight * share, 0) / total
  }
  const checks = profile.contradictions.reduce((sum, { checked }) => sum + checked, 0)
  const parts: Score['parts'] = {
    // A second telephone is no gap where the first is filled: the fullest column of a role counts.
    completeness: mean(
      [...Map.groupBy(counted, ({ role }) => role).values()].map(of => ({
        weight: of[0]!.weight,
        share: Math.max(...of.map(({ filled, records }) => filled / records)),
      })),
    ),
    validity: mean(
      counted.flatMap(({ weight, filled, valid }) =>
        valid === null || filled === 0 ? [] : [{ weight, share: valid / filled }],
      ),
    ),
    uniqueness: duplicates === null || profile.records === 0 ? null : 1 - duplicates / profile.records,
    consistency: checks === 0 ? null : 1 - profile.contradictions.reduce((sum, { failed }) => sum + failed, 0) / checks,
  }
  const measured = (Object.keys(PART_WEIGHT) as Part[]).filter(part => parts[part] !== null)
  const total = measured.reduce((sum, part) => sum + PART_WEIGHT[part], 0)
  const overall = measured.reduce((sum, part) => sum + PART_WEIGHT[part] * (parts[part] ?? 0), 0)
  return { overall: total === 0 ? 0 : Math.round((1000 * overall) / total) / 10, parts }
}
