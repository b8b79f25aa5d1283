import type { Sighting } from './sighting.ts'

const overlap = (left: (string | null)[], right: (string | null)[]) =>
  left.some(value => value !== null && right.includes(value))

/**
 * What two rows of one person share, in rough points: 3 is what a careful clerk would merge on. Used only to keep the sample
 * honest: a person whose rows share nothing could be put together by nobody.
 */
export function likeness(left: Sighting, right: Sighting): number {
  const misnamed = [left, right].some(row => row.mistakes.some(mistake => mistake.field === 'name'))
  let points = misnamed ? 0.5 : 1
  if (left.company && right.company) points += 1
  if (left.idNumber && left.idNumber === right.idNumber) points += 3
  if (left.customerNo && left.customerNo === right.customerNo) points += 3
  if (overlap([left.mobile, left.mobile2], [right.mobile, right.mobile2])) points += 2
  if (left.email && left.email === right.email) points += 2
  if (left.birth && right.birth) points += left.birth === right.birth ? 1.5 : -1
  if (left.landline && left.landline === right.landline) points += 1
  if (left.address && left.address === right.address) points += 1.5
  return points
}

/** Whether all rows hang together by pairs of at least 3 points. */
export function connected(rows: Sighting[]): boolean {
  const reached = new Set(rows.slice(0, 1))
  for (let grown = true; grown; ) {
    grown = false
    for (const row of rows)
      if (!reached.has(row) && [...reached].some(other => likeness(row, other) >= 3)) {
        reached.add(row)
        grown = true
      }
  }
  return reached.size === rows.length
}
