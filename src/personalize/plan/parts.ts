import { channelOf, type Part, type Planned } from './planned.ts'

/** Documents of one job: print 200 at most (2 s of a thread), the others so many that their bytes stay under 40 MB. */
const SIZE: Record<string, number> = { print: 200, email: 1000, sms: 5000, call: 1000 }

/**
 * Cuts the plan into parts of one kind and neighbouring customers, so that each reads a range of the tables' key. A customer
 * with several messages of a kind stays in one part.
 */
export function cutIntoParts(all: readonly Planned[]): (Part & { size: number })[] {
  const parts: (Part & { size: number })[] = []
  for (const { kind, customerId } of all) {
    const part = parts.at(-1)
    const room = part && part.kind === kind && (part.size < (SIZE[channelOf(kind)] ?? 1000) || part.last === customerId)
    if (room) {
      part.last = customerId
      part.size++
    } else parts.push({ kind, first: customerId, last: customerId, size: 1 })
  }
  return parts
}
