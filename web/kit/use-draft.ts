import { useCallback, useState } from 'react'
import { safely } from './stored.ts'

const PREFIX = 'huiyin.draft.'

/**
 * What is typed survives a reload, a crash and a lost session; it goes when it is sent, or when its owner signs out.
 * The key is fixed while the component lives: give the component a React `key` of its own.
 */
export function useDraft<T extends object>(
  key: string,
  initial: () => T,
): [T, (change: Partial<T>) => void, () => void] {
  const name = PREFIX + key
  const [draft, setDraft] = useState<T>(() => ({ ...initial(), ...read<T>(name) }))
  const change = useCallback(
    (part: Partial<T>) =>
      setDraft(before => {
        const next = { ...before, ...part }
        safely(() => localStorage.setItem(name, JSON.stringify(next)))
        return next
      }),
    [name],
  )
  const drop = (): void => {
    safely(() => localStorage.removeItem(name))
    setDraft(initial())
  }
  return [draft, change, drop]
}

function read<T>(name: string): Partial<T> {
  const text = safely(() => localStorage.getItem(name))
  return (text ? safely(() => JSON.parse(text) as Partial<T>) : null) ?? {}
}

/** Drafts hold what customers said: signing out leaves none behind. */
export function dropDrafts(): void {
  safely(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
  })
}
