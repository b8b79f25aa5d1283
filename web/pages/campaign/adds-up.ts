export interface Counted {
  planned: number
  composed: number
  held: number
  settled: number
  refused: number
  failed: number
  waiting: number
}

/** planned = composed + held; composed = settled + refused + failed + what still waits. While composing, the rest of planned waits. */
export function addsUp(row: Counted): boolean {
  const delivered = row.settled + row.refused + row.failed
  return (
    row.planned === row.held + delivered + row.waiting ||
    (row.planned === row.composed + row.held && row.composed === delivered + row.waiting)
  )
}
