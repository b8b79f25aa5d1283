/** Wrong passwords per login: after five within a quarter of an hour the login waits, right password or not. */
const LIMIT = 5
const WINDOW_MS = 15 * 60_000

export interface Attempts {
  /** Seconds still to wait; 0 when a try is allowed. */
  wait(login: string): number
  failed(login: string): void
  succeeded(login: string): void
}

export function loginAttempts(now: () => number = Date.now): Attempts {
  const failures = new Map<string, number[]>()
  const recent = (login: string) => (failures.get(login) ?? []).filter(at => now() - at < WINDOW_MS)
  return {
    wait(login) {
      const times = recent(login)
      return times.length < LIMIT ? 0 : Math.ceil((times[0]! + WINDOW_MS - now()) / 1000)
    },
    failed(login) {
      // A flood of invented logins must not fill the memory.
      if (failures.size > 10_000) failures.clear()
      failures.set(login, [...recent(login), now()])
    },
    succeeded(login) {
      failures.delete(login)
    },
  }
}
