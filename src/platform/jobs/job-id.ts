import { createHash, randomUUID } from 'node:crypto'

/** Deterministic for a key, so that the primary key of the jobs' table keeps the same job from being made twice. */
export function jobId(queue: string, group: string | undefined, key: string | undefined): string {
  if (key === undefined) return randomUUID()
  const hash = createHash('sha256')
    .update(JSON.stringify([queue, group ?? null, key]))
    .digest()
  // RFC 9562, 5.8: version 8 (custom), variant 10.
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
