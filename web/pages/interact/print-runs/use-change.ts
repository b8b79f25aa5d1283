import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { send } from '../../../api/client.ts'

interface Sent {
  path: string
  body: unknown
}

/** A change of print runs; the pages that show them ask again. */
export function useChange<T>(onDone: (answer: T) => void): UseMutationResult<T, Error, Sent> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ path, body }: Sent) => send<T>('POST', path, body),
    onSuccess: async answer => {
      onDone(answer)
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/print-runs') })
    },
  })
}
