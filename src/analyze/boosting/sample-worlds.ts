import { sigmoid } from '../churn/logistic.ts'
import { seededRandom } from '../math/random.ts'
import type { Table } from './table.ts'

/** A made-up world for tests: numbers (one with gaps that mean something), categories, and noise. */
export function sampleWorld(rows: number, seed: number): { table: Table; labels: Uint8Array; margins: Float64Array } {
  const random = seededRandom(seed)
  const [a, b, c, noise] = [
    new Float64Array(rows),
    new Float64Array(rows),
    new Float64Array(rows),
    new Float64Array(rows),
  ]
  const town = new Int32Array(rows)
  const towns = Array.from({ length: 40 }, (_, k) => `town ${k}`)
  const effect = towns.map(() => random.normal())
  const labels = new Uint8Array(rows)
  const margins = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    a[i] = random.normal()
    b[i] = Math.round(4 * random.uniform())
    c[i] = random.uniform() < 0.3 ? Number.NaN : random.normal()
    noise[i] = random.normal()
    town[i] = random.uniform() < 0.02 ? -1 : Math.floor(40 * random.uniform() ** 2)
    const step = a[i]! > 0.5 ? 1.5 : a[i]! < -1 ? -1.5 : 0
    const gap = Number.isNaN(c[i]!) ? 1 : -0.5 * c[i]!
    margins[i] = step + (b[i] === 2 ? 1 : -0.5) + gap + (town[i]! < 0 ? 0 : effect[town[i]!]!) - 0.5
    labels[i] = random.uniform() < sigmoid(margins[i]!) ? 1 : 0
  }
  const columns: Table['columns'] = [
    { kind: 'number', name: 'a', values: a },
    { kind: 'number', name: 'b', values: b },
    { kind: 'number', name: 'c', values: c },
    { kind: 'category', name: 'town', codes: town, categories: towns },
    { kind: 'number', name: 'noise', values: noise },
  ]
  return { table: { rows, columns }, labels, margins }
}
