import { useSyncExternalStore } from 'react'

const query = '(max-width: 640px)'

/** A phone: lists show cards, details stand below. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    listener => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}
