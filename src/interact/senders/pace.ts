/**
 * A rate shared by threads: each message takes the next free moment (the generic cell rate algorithm, ITU-T I.371, without a burst)
 * from one number in shared memory.
 */
export interface Pace {
  /** Milliseconds to wait for one's turn. */
  take(): number
}

/** Microseconds since the epoch of the next free moment. */
export const sharedPace = (): SharedArrayBuffer => new SharedArrayBuffer(8)

const nowMicros = (): bigint => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000))

export function paceOf(shared: SharedArrayBuffer, perSecond: number): Pace {
  if (perSecond <= 0) return { take: () => 0 }
  const next = new BigInt64Array(shared)
  const step = BigInt(Math.max(1, Math.round(1e6 / perSecond)))
  return {
    take() {
      for (;;) {
        const now = nowMicros()
        const free = Atomics.load(next, 0)
        // Bigints have no Math.max.
        const waits = free > now
        const mine = waits ? free : now
        if (Atomics.compareExchange(next, 0, free, mine + step) === free) return Number(mine - now) / 1000
      }
    },
  }
}
