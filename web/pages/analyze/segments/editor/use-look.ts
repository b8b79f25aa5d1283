import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { send } from '../../../../api/client.ts'
import type { Look, SegmentSet } from '../../../../api/segments.ts'
import { useLater } from '../../../../kit/index.ts'

/** The proof and the counts of the rules as they stand: at once from a sample where there are many customers, then from all. */
export function useLook(set: SegmentSet): { look: Look | undefined; error: Error | null; busy: boolean } {
  const body = useMemo(() => JSON.stringify(set), [set])
  const soon = useLater(body, 150)
  const still = useLater(body, 1500)
  const quick = useQuery({
    queryKey: ['segments-look', soon],
    queryFn: () => send<Look>('POST', '/segments/look', JSON.parse(soon)),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  const sampled = quick.data !== undefined && quick.data.sampled < 1
  const exact = useQuery({
    queryKey: ['segments-look', still, 'exact'],
    queryFn: () => send<Look>('POST', '/segments/look', { ...JSON.parse(still), exact: true }),
    enabled: sampled && still === body,
    staleTime: 60_000,
  })
  const look = still === body && exact.data ? exact.data : quick.data
  return { look, error: quick.error, busy: quick.isFetching || body !== soon }
}
