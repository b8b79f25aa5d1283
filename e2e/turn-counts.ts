import assert from 'node:assert/strict'

export interface TurnCounts {
  rowsIn: number
  stored: number
  duplicates: number
  quarantined: number
  customers: number
  segments: Record<string, number>
  planned: number
  control: number
  held: number
  composed: number
  refused: number
  settled: number
  failed: number
}

/** The promise of every turn: nothing appears from nowhere and nothing is lost on the way. */
export function assertAddsUp(counts: TurnCounts): void {
  for (const [name, value] of Object.entries(counts))
    if (name !== 'segments') assert.ok(Number.isSafeInteger(value), `${name} is a whole number, not ${value}`)
  assert.equal(counts.rowsIn, counts.stored + counts.duplicates + counts.quarantined, 'rowsIn')
  assert.equal(
    Object.values(counts.segments).reduce((sum, size) => sum + size, 0),
    counts.customers,
    'segments',
  )
  assert.equal(counts.planned, counts.composed + counts.held, 'planned')
  assert.equal(counts.composed, counts.settled + counts.refused + counts.failed, 'composed')
}
