import { useQuery } from '@tanstack/react-query'
import { get, send } from '../../../api/client.ts'
import type { RepeatTask } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, type Column, DataTable, Modal, useProblem, Waiting } from '../../../kit/index.ts'

type Try = NonNullable<RepeatTask['result']>['tries'][number]

/** Solves a plan again from scratch with one, two and three threads: the same input gives the same plan. */
export function Repeat({ planId, onClose }: { planId: number; onClose: () => void }) {
  const { t, number, seconds } = useText()
  const problem = useProblem()
  const started = useQuery({
    queryKey: ['repeat', planId],
    queryFn: () => send<RepeatTask>('POST', `/plans/${planId}/repeat`, { threads: [1, 2, 3] }),
    staleTime: 0,
    gcTime: 0,
  })
  const running = started.data?.state === 'running'
  const later = useQuery({
    queryKey: ['repeat-task', started.data?.id],
    queryFn: () => get<RepeatTask>(`/plans/repeat/${started.data?.id}`),
    enabled: running,
    refetchInterval: query => (query.state.data?.state === 'done' ? false : 1000),
  })
  const result = started.data?.result ?? later.data?.result
  const error = started.error ?? later.error
  const columns: Column<Try>[] = [
    { id: 'threads', title: t('plans.threads'), right: true, cell: row => number(row.threads) },
    { id: 'value', title: t('plan.value'), right: true, cell: row => number(row.value / 100, 4) },
    { id: 'different', title: t('plans.different'), right: true, cell: row => number(row.different) },
    { id: 'seconds', title: t('plan.solved-in'), right: true, cell: row => seconds(row.seconds) },
  ]
  return (
    <Modal open onCancel={onClose} footer={null} title={t('plans.repeat-title', { plan: planId })}>
      {error ? (
        <Callout tone="bad">{problem(error)}</Callout>
      ) : result ? (
        <div className="stack">
          <Callout tone={result.same ? 'good' : 'bad'}>
            {result.same
              ? t('plans.same')
              : result.erasedOptions > 0
                ? t('plans.not-same-erased', { options: number(result.erasedOptions) })
                : t('plans.not-same')}
          </Callout>
          <DataTable columns={columns} rows={result.tries} rowId={row => row.threads} />
        </div>
      ) : (
        <Waiting lines={4} />
      )}
    </Modal>
  )
}
