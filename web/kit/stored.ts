import { useSyncExternalStore } from 'react'

/** A choice of this browser (language, theme) that survives a reload and is shared by its tabs. */
export interface Stored<T extends string> {
  get(): T
  set(value: T): void
  use(): T
  /** Told of every change, before any page is drawn anew. */
  watch(listener: (value: T) => void): void
}

export function stored<T extends string>(key: string, allowed: readonly T[], initial: () => T): Stored<T> {
  const listeners = new Set<() => void>()
  const read = (): T => {
    const value = safely(() => localStorage.getItem(key))
    return allowed.find(candidate => candidate === value) ?? initial()
  }
  let current = read()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  globalThis.addEventListener?.('storage', event => {
    if (event.key !== key) return
    current = read()
    tell()
  })
  return {
    get: () => current,
    set(value) {
      current = value
      safely(() => localStorage.setItem(key, value))
      tell()
    },
    watch: listener => void listeners.add(() => listener(current)),
    use: () =>
      useSyncExternalStore(
        listener => {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
        () => current,
      ),
  }
}

/** A browser that forbids storage still works; it only forgets. */
export function safely<T>(action: () => T): T | null {
  try {
    return action()
  } catch {
    return null
  }
}
