import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ModelId } from '../models/model-record.ts'

/** Whose sources make a model what it is. */
const rooms: Record<ModelId, readonly string[]> = {
  purchases: ['value', 'worth', 'math'],
  value: ['value', 'worth', 'math'],
  churn: ['churn', 'boosting', 'features'],
  leaving: ['hazard', 'churn', 'features'],
  uplift: ['uplift', 'boosting', 'features'],
  'preferred-channel': ['preferred-channel'],
  'next-product': ['affinity'],
}

const known = new Map<ModelId, string>()

/** First 12 hex digits of the SHA-256 over the sources of the trainer: the same digits, the same code. */
export function codeOf(model: ModelId): string {
  let code = known.get(model)
  if (!code) {
    const hash = createHash('sha256')
    for (const room of rooms[model]) {
      const folder = fileURLToPath(new URL(`../${room}/`, import.meta.url))
      for (const file of readdirSync(folder).sort())
        if (file.endsWith('.ts') && !file.endsWith('.test.ts'))
          hash.update(`${room}/${file}\n`).update(readFileSync(folder + file))
    }
    code = hash.digest('hex').slice(0, 12)
    known.set(model, code)
  }
  return code
}
