import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { send } from '../../../api/client.ts'

interface Sent {
  method: 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: unknown
}

/** A change on this page; what it may have changed is asked for again. */
export function useChange<T = unknown>(onDone?: (answer: T, sent: Sent) => void): UseMutationResult<T, Error, Sent> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ method, path, body }: Sent) => send<T>(method, path, body),
    onSuccess: async (answer, sent) => {
      onDone?.(answer, sent)
      await client.invalidateQueries({
        predicate: ({ queryKey }) => /^\/(targets|api-keys|web-sites)/.test(String(queryKey[0])),
      })
    },
  })
}
