/** What can be taken back and done again. */
export interface History<T> {
  past: readonly T[]
  now: T
  future: readonly T[]
  /** What the last change was about, and when: letters typed into one field are one change. */
  about: string
  at: number
}

const MOST = 200
const ONE_CHANGE_MS = 900

export const historyOf = <T>(now: T): History<T> => ({ past: [], now, future: [], about: '', at: 0 })

export function changed<T>(history: History<T>, now: T, about: string, at: number): History<T> {
  const same = about !== '' && about === history.about && at - history.at < ONE_CHANGE_MS
  return { past: same ? history.past : [...history.past, history.now].slice(-MOST), now, future: [], about, at }
}

export function undone<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], about: '', at: 0 }
}

export function redone<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future
  if (after === undefined) return history
  return { past: [...history.past, history.now], now: after, future, about: '', at: 0 }
}
