/**
 * How fast each receiving domain is sent to. A domain that says "slow down" (421, 4.7.x; RFC 3463) is left alone for a while and
 * then gets half the pace at which it complained; with each calm minute the pace grows by a tenth, as TCP does it (additive increase,
 * multiplicative decrease). A domain that never complained has no pace at all unless the settings give every domain one.
 */
export interface DomainPace {
  /** Milliseconds to wait before the next message to this domain; 0: now, and it is counted. */
  take(domain: string): number
  /** The domain asked for less; returns for how long it is left alone. */
  slowDown(domain: string): number
  /** For a page: who is being spared. */
  slowed(): { domain: string; perMinute: number; restsMs: number }[]
}

interface State {
  perMinute: number
  /** When the next message may go. */
  nextAt: number
  restsUntil: number
  grownAt: number
  setbacks: number
  /** Sent within the last minute, for the pace at which it complained. */
  recent: { from: number; count: number }
}

const FIRST_REST_MS = 60_000
const LONGEST_REST_MS = 30 * 60_000
const LEAST_PER_MINUTE = 1
const MINUTE = 60_000

export function domainPace(perMinute: number, now: () => number = Date.now): DomainPace {
  const states = new Map<string, State>()
  const most = perMinute > 0 ? perMinute : Number.POSITIVE_INFINITY
  const stateOf = (domain: string): State => {
    const known = states.get(domain)
    if (known) return known
    // A flood of strange domains must not fill the memory; a state is missed only by who complained lately.
    if (states.size > 20_000) states.clear()
    const fresh = {
      perMinute: most,
      nextAt: 0,
      restsUntil: 0,
      grownAt: now(),
      setbacks: 0,
      recent: { from: now(), count: 0 },
    }
    states.set(domain, fresh)
    return fresh
  }
  return {
    take(domain) {
      const state = stateOf(domain)
      const at = now()
      if (state.restsUntil > at) return state.restsUntil - at
      if (state.perMinute < most && at - state.grownAt >= MINUTE) {
        const minutes = Math.floor((at - state.grownAt) / MINUTE)
        state.perMinute = Math.min(most, state.perMinute * 1.1 ** minutes)
        state.grownAt += minutes * MINUTE
        if (state.perMinute >= most || minutes >= 60) state.setbacks = 0
      }
      if (state.nextAt > at) return state.nextAt - at
      if (at - state.recent.from > MINUTE) state.recent = { from: at, count: 0 }
      state.recent.count++
      if (Number.isFinite(state.perMinute)) state.nextAt = Math.max(at, state.nextAt) + MINUTE / state.perMinute
      return 0
    },
    slowDown(domain) {
      const state = stateOf(domain)
      const at = now()
      // Answers to messages that were under way already are one complaint.
      if (state.restsUntil > at) return state.restsUntil - at
      const seconds = Math.max(1, (at - state.recent.from) / 1000)
      const was = Math.min(state.perMinute, (state.recent.count / seconds) * 60)
      state.perMinute = Math.max(LEAST_PER_MINUTE, was / 2)
      const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** state.setbacks)
      state.setbacks++
      state.restsUntil = at + rest
      state.grownAt = at + rest
      return rest
    },
    slowed() {
      const at = now()
      return [...states]
        .filter(([, state]) => state.perMinute < most)
        .map(([domain, state]) => ({
          domain,
          perMinute: Math.round(state.perMinute),
          restsMs: Math.max(0, state.restsUntil - at),
        }))
    },
  }
}
