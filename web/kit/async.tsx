import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiError } from '../api/client.ts'
import { useText } from '../i18n/use-text.ts'
import { Blank } from './blank.tsx'
import { Button, Skeleton } from './controls.ts'
import { useProblem } from './use-problem.ts'

interface AsyncProps<T> {
  query: UseQueryResult<T, Error>
  /** Lines of the skeleton; match what will stand there, so that nothing jumps. */
  lines?: number
  loading?: ReactNode
  children: (data: T) => ReactNode
}

/** Loading, failed or there: every answer of the API is shown through this. */
export function Async<T>({ query, lines = 4, loading, children }: AsyncProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} busy={query.isFetching} />
  return loading ?? <Waiting lines={lines} />
}

export function Waiting({ lines = 4 }: { lines?: number }) {
  const { t } = useText()
  return (
    <div role="status" aria-label={t('async.loading')} style={{ padding: '12px 16px' }}>
      <Skeleton active title={false} paragraph={{ rows: lines }} />
    </div>
  )
}

export function Failed({ error, retry, busy }: { error: unknown; retry?: () => void; busy?: boolean }) {
  const { t } = useText()
  const problem = useProblem()
  const status = error instanceof ApiError ? error.status : 0
  const title =
    status === 403
      ? t('async.not-permitted')
      : status === 404
        ? t('async.not-found')
        : status === 409
          ? t('async.not-yet')
          : t('async.failed')
  return (
    <Blank
      title={title}
      actions={
        retry && status !== 403 ? (
          <Button onClick={retry} loading={busy ?? false}>
            {t('action.retry')}
          </Button>
        ) : null
      }
    >
      {problem(error)}
    </Blank>
  )
}
