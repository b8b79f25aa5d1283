import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { send } from './client.ts'

export interface Change {
  method: 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: unknown
}

/** Sends a change and has everything under those paths asked for again, which it may have changed: `['/targets', '/api-keys']`. */
export function useChangeOf<T>(
  paths: readonly string[],
  onDone?: (answer: T, sent: Change) => void,
): UseMutationResult<T, Error, Change> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ method, path, body }: Change) => send<T>(method, path, body),
    onSuccess: async (answer, sent) => {
      onDone?.(answer, sent)
      await client.invalidateQueries({
        predicate: ({ queryKey }) => paths.some(path => String(queryKey[0]).startsWith(path)),
      })
    },
  })
}
