interface Spent {
  month: string
  minor: number
}

/** Sums per calendar month (UTC), months without a purchase included, oldest first. */
export function spentByMonth(rows: readonly { soldAt: string; amountMinor: number }[]): Spent[] {
  const sums = new Map<string, number>()
  for (const row of rows) {
    const month = row.soldAt.slice(0, 7)
    sums.set(month, (sums.get(month) ?? 0) + row.amountMinor)
  }
  const months = [...sums.keys()].sort()
  const first = months[0]
  const last = months.at(-1)
  if (first === undefined || last === undefined) return []
  const out: Spent[] = []
  for (let month = first; month <= last; month = next(month)) out.push({ month, minor: sums.get(month) ?? 0 })
  return out
}

function next(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}
