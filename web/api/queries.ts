import {
  keepPreviousData,
  QueryCache,
  QueryClient,
  type UseQueryOptions,
  type UseQueryResult,
  useQuery,
} from '@tanstack/react-query'
import { language } from '../i18n/lang.ts'
import { ApiError, get, type Query } from './client.ts'

export const sessionKey = ['session'] as const

/** Who is no longer signed in is asked to, wherever the answer came from. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error, query) {
      if (error instanceof ApiError && error.status === 401 && query.queryKey[0] !== 'session')
        queryClient.setQueryData(sessionKey, null)
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      // What the server refused stays refused; what could not be reached is tried twice more.
      retry: (count, error) => !(error instanceof ApiError && error.status >= 400 && error.status < 500) && count < 2,
      retryDelay: attempt => 400 * 2 ** attempt,
    },
  },
})

interface Options<T> {
  query?: Query
  enabled?: boolean
  /** Milliseconds, or told by the last answer; false stops. */
  every?: (data: T | undefined) => number | false
  keep?: boolean
}

/** GET, kept under its path and query. Some answers are worded by the server, so the language is part of the key. */
export function useGet<T>(path: string, options: Options<T> = {}): UseQueryResult<T, Error> {
  const lang = language.use()
  const { every } = options
  const asked: UseQueryOptions<T, Error, T, readonly unknown[]> = {
    queryKey: [path, options.query ?? {}, lang],
    queryFn: ({ signal }) => get<T>(path, options.query, signal),
    enabled: options.enabled ?? true,
  }
  if (options.keep) asked.placeholderData = keepPreviousData
  if (every) asked.refetchInterval = query => every(query.state.data)
  return useQuery(asked)
}
