import { createHash } from 'node:crypto'

export type Variant = 'a' | 'b'

/** Which script a task is called with: always the same for a task, and independent from trial to trial. */
export function variantOf(trialId: number, taskId: string, share: number): Variant {
  const hash = createHash('sha256').update(`script-trial/${trialId}/${taskId}`).digest()
  return hash.readUIntBE(0, 6) / 2 ** 48 < share ? 'b' : 'a'
}
