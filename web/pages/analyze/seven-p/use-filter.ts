import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { Query } from '../../../api/client.ts'

const names = ['segment', 'country', 'province', 'from', 'to', 'metric', 'category'] as const
export type FilterName = (typeof names)[number]

export interface PageFilter {
  query: Query
  of: (name: FilterName) => string
  set: (change: Partial<Record<FilterName, string>>) => void
  /** The same filter in the address of another page. */
  search: string
}

/** Who, where and when stand in the address: a page can be sent to a colleague as it is, and stays when another P is opened. */
export function useFilter(): PageFilter {
  const [params, setParams] = useSearchParams()
  const set = useCallback(
    (change: Partial<Record<FilterName, string>>) =>
      setParams(
        before => {
          const next = new URLSearchParams(before)
          for (const [name, value] of Object.entries(change))
            if (value) next.set(name, value)
            else next.delete(name)
          return next
        },
        { replace: true },
      ),
    [setParams],
  )
  return useMemo(() => {
    const query: Query = Object.fromEntries(names.map(name => [name, params.get(name) ?? '']))
    const kept = new URLSearchParams(
      names.slice(0, 5).flatMap(name => (params.get(name) ? [[name, params.get(name)!]] : [])),
    )
    return { query, of: name => params.get(name) ?? '', set, search: kept.size > 0 ? `?${kept}` : '' }
  }, [params, set])
}
