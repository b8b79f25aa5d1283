import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { seededRandom } from '../../src/analyze/math/random.ts'

/**
 * A file of baskets, one a line: items by Zipf's law, one to nineteen a basket, and after one item in eight its partner, so that
 * there is something to find. Returns the lines (items) written.
 */
export async function generateBaskets(file: string, lines: number, items: number, seed = 1): Promise<number> {
  const random = seededRandom(seed)
  const reach = Math.log(items + 1)
  const stream = createWriteStream(file)
  let written = 0
  let piece = ''
  while (written < lines) {
    const size = 1 + Math.floor(19 * random.uniform())
    const basket = new Set<number>()
    for (let k = 0; k < size; k++) {
      const item = Math.min(items - 1, Math.floor(Math.exp(reach * random.uniform())) - 1)
      basket.add(item)
      if (random.uniform() < 1 / 8) basket.add(item ^ 1)
    }
    piece += `${[...basket].map(item => `item ${item}`).join(',')}\n`
    written += basket.size
    if (piece.length < 1 << 20) continue
    if (!stream.write(piece)) await once(stream, 'drain')
    piece = ''
  }
  stream.end(piece)
  await finished(stream)
  return written
}
