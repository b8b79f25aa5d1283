/** So many requests an address may make at once, and so many a second after that. Addresses are forgotten when they are quiet. */
export interface RateLimit {
  /** Seconds to wait; 0: go on. */
  take(address: string): number
}

export function rateLimit(burst: number, perSecond: number, now: () => number = Date.now, most = 50_000): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take(address) {
      const at = now()
      const bucket = buckets.get(address) ?? { left: burst, at }
      bucket.left = Math.min(burst, bucket.left + ((at - bucket.at) / 1000) * perSecond)
      bucket.at = at
      // The order of a Map is that of insertion: who was quiet longest stands first.
      buckets.delete(address)
      buckets.set(address, bucket)
      if (buckets.size > most)
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest)
          break
        }
      if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / perSecond))
      bucket.left--
      return 0
    },
  }
}
