import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { get } from '../../../api/client.ts'
import type { LedgerPage } from '../../../api/ledger.ts'

/** What the list is narrowed by; stands in the address, so that a search can be sent to a colleague. */
export const FILTERS = [
  'who',
  'words',
  'from',
  'to',
  'kind',
  'class',
  'channel',
  'template',
  'state',
  'happened',
] as const
export type Filter = (typeof FILTERS)[number]
export type Filters = Record<Filter, string>

export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [params, setParams] = useSearchParams()
  const filters = Object.fromEntries(FILTERS.map(name => [name, params.get(name) ?? ''])) as Filters
  const change = (part: Partial<Filters>): void =>
    setParams(
      before => {
        const next = new URLSearchParams(before)
        for (const [name, value] of Object.entries(part)) {
          if (value === '') next.delete(name)
          else next.set(name, value)
        }
        return next
      },
      { replace: true },
    )
  return [filters, change]
}

const LIMIT = 50

/** Page after page; each knows where the next begins, so that older ones cost no more than new ones. */
export function useLedger(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['/communications', filters],
    queryFn: ({ pageParam, signal }) =>
      get<LedgerPage>('/communications', { ...filters, after: pageParam, limit: LIMIT }, signal),
    refetchInterval: query => (query.state.data?.pages[0]?.indexing ? 2000 : false),
    initialPageParam: '',
    getNextPageParam: page => page.next ?? undefined,
  })
}
