import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { send } from '../../../api/client.ts'

interface Sent {
  method: 'POST' | 'PUT'
  path: string
  body?: unknown
}

/** A change of delivery; every figure of it is asked for again. */
export function useChange<T = unknown>(onDone?: (answer: T, sent: Sent) => void): UseMutationResult<T, Error, Sent> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ method, path, body }: Sent) => send<T>(method, path, body),
    onSuccess: async (answer, sent) => {
      onDone?.(answer, sent)
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/delivery') })
    },
  })
}
