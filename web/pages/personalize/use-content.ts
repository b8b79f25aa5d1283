import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { ask } from '../../api/client.ts'

export interface Content {
  blob: Blob
  mediaType: string
  /** null where the browser offers no digest (plain http on another host than localhost). */
  sha256: string | null
  /** The very bytes from the archive, or made again. */
  from: string
}

/** The exact bytes. They never change, so they are asked for once; they are forgotten soon, because they may be large. */
export function useContent(id: string, enabled = true): UseQueryResult<Content, Error> {
  return useQuery({
    queryKey: ['content', id],
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    queryFn: async ({ signal }) => {
      const answer = await ask(`/communications/${id}/content`, { signal })
      const blob = await answer.blob()
      const from = answer.headers.get('x-content-from') ?? ''
      return { blob, mediaType: blob.type, sha256: await digest(blob), from }
    },
  })
}

async function digest(blob: Blob): Promise<string | null> {
  if (!globalThis.crypto.subtle) return null
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
}
