import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

/** A filter that stands in the address, so that it can be sent to a colleague and survives going back. */
export function useUrlState(name: string, initial = ''): [string, (value: string) => void] {
  const [params, setParams] = useSearchParams()
  const set = useCallback(
    (value: string) =>
      setParams(
        before => {
          const next = new URLSearchParams(before)
          if (value === initial) next.delete(name)
          else next.set(name, value)
          return next
        },
        { replace: true },
      ),
    [name, initial, setParams],
  )
  return [params.get(name) ?? initial, set]
}
