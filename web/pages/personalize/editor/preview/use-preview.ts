import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../../../api/client.ts'
import type { Preview, PreviewBody } from '../../../../api/content.ts'
import { useLater } from '../../../../kit/index.ts'

export interface PreviewWish {
  id: string
  source: PreviewBody['source']
  language: PreviewBody['language']
  customer: number | null
  offer: string
  example: number
}

/** After so many milliseconds of rest what is written is composed; the other channels a little later. */
const OWN_AFTER_MS = 300
const FAMILY_AFTER_MS = 900

/** What is being written, as it would reach somebody. The last answer stays until the next is there. */
export function usePreview(wish: PreviewWish, enabled: boolean) {
  const own = useShown(wish, 'own', OWN_AFTER_MS, enabled)
  const family = useShown(wish, 'family', FAMILY_AFTER_MS, enabled)
  return { own, family }
}

function useShown({ customer, offer, ...wish }: PreviewWish, of: 'own' | 'family', rest: number, enabled: boolean) {
  const body = JSON.stringify({
    ...wish,
    of,
    ...(customer === null ? {} : { customer, ...(offer === '' ? {} : { offer }) }),
  })
  const settled = useLater(body, rest)
  // An answer to what was written a moment ago is better than none, while the next is on its way.
  const [newest, setNewest] = useState<Preview>()
  return useQuery<Preview>({
    queryKey: ['/templates/preview', settled],
    enabled,
    retry: false,
    gcTime: 60_000,
    staleTime: 60_000,
    placeholderData: before => newest ?? before,
    queryFn: async ({ signal }) => {
      const answer = await ask('/templates/preview', { method: 'POST', body: JSON.parse(settled), signal })
      const data = (await answer.json()) as Preview
      setNewest(data)
      return data
    },
  })
}
