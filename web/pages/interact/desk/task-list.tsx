import { useNavigate } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { TaskList as Listed, TaskRow } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Chip,
  type Column,
  DataTable,
  ListFilter,
  Pager,
  Panel,
  toneOf,
  useListFilter,
  useNarrow,
} from '../../../kit/index.ts'
import type { CallLists } from './types.ts'
import { useDeskChange } from './use-change.ts'

const LIMIT = 50
const STATES = ['open', 'held', 'done', 'stopped', 'all'] as const

/** Fifty cards of eight lines each are no list. */
const ON_PHONE: ReadonlySet<string> = new Set(['name', 'phone', 'about', 'due', 'state'])

/** Calls in the order in which they would be taken. */
export function TaskList() {
  const { t, say, term, number, instant } = useText()
  const navigate = useNavigate()
  const may = useMay()
  const narrow = useNarrow()
  const filter = useListFilter({ state: 'open', list: '' }, LIMIT)
  const { state } = filter.values
  const lists = useGet<CallLists>('/desk/lists')
  const tasks = useGet<Listed>('/tasks', {
    query: { ...filter.query, state: state === 'all' ? '' : state },
    keep: true,
  })
  const boost = useDeskChange<unknown>()
  const columns: Column<TaskRow>[] = [
    {
      id: 'name',
      title: t('customers.name'),
      cell: row => <span className="strong">{row.customerName || t('customer.nameless')}</span>,
    },
    { id: 'phone', title: t('tasks.phone'), cell: row => <span className="nowrap">{row.phone}</span> },
    { id: 'about', title: t('tasks.about'), cell: row => say(row.offerName) },
    {
      id: 'language',
      title: t('field.language'),
      cell: row => <span className="soft">{term('language', row.language)}</span>,
    },
    {
      id: 'priority',
      title: t('tasks.priority'),
      right: true,
      cell: row => (
        <>
          {row.boost !== 0 ? <Chip tone="accent">{row.boost > 0 ? '↑' : '↓'}</Chip> : null}{' '}
          {number(row.priority, Number.isInteger(row.priority) ? 0 : 2)}
        </>
      ),
    },
    { id: 'attempts', title: t('tasks.attempts'), right: true, cell: row => number(row.attempts) },
    {
      id: 'due',
      title: t('tasks.due'),
      right: true,
      cell: row => (row.dueAt ? <span className="soft">{instant(row.dueAt)}</span> : <span className="muted">–</span>),
    },
    { id: 'state', title: t('campaign.state'), right: true, cell: row => <StateChip row={row} /> },
    ...(may('tasks.manage') && state === 'open'
      ? [
          {
            id: 'boost',
            title: '',
            right: true,
            cell: (row: TaskRow) => (
              <Button
                size="small"
                type="text"
                loading={boost.isPending && boost.variables?.body !== undefined}
                onClick={event => {
                  event.stopPropagation()
                  boost.mutate({
                    method: 'POST',
                    path: '/desk/tasks/boost',
                    body: { tasks: [row.taskId], boost: row.boost === 1 ? 0 : 1 },
                  })
                }}
              >
                {row.boost === 1 ? t('tasks.back-in-line') : t('tasks.to-front')}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <>
      <ListFilter
        state={{
          label: t('campaign.state'),
          value: filter.values.state,
          onChange: value => filter.set('state', value),
          options: STATES.map(value => ({ value, label: term('task-state', value) })),
        }}
        choices={[
          {
            label: t('tasks.all-lists'),
            value: filter.values.list,
            onChange: value => filter.set('list', value),
            options: (lists.data?.rows ?? []).map(row => ({ value: row.list, label: say(row.name) })),
          },
        ]}
      >
        {tasks.data ? (
          <span className="count">
            {t('tasks.count', { count: tasks.data.total, shown: number(tasks.data.total) })}
          </span>
        ) : null}
      </ListFilter>
      <Panel flush>
        <Async query={tasks} lines={8}>
          {data => (
            <>
              <DataTable
                caption={t('tasks.title')}
                columns={narrow ? columns.filter(({ id }) => ON_PHONE.has(id)) : columns}
                rows={data.rows}
                rowId={row => row.taskId}
                onOpen={row => void navigate(`/tasks/${row.taskId}`)}
                empty={<Blank title={t('tasks.none')}>{t('tasks.none-hint')}</Blank>}
              />
              <Pager offset={filter.offset} limit={LIMIT} total={data.total} onMove={filter.move} />
            </>
          )}
        </Async>
      </Panel>
    </>
  )
}

function StateChip({ row }: { row: TaskRow }) {
  const { t, say, term } = useText()
  if (row.stopped) return <Chip tone="warn">{say(row.stopped)}</Chip>
  if (row.outcome && row.state === 'done')
    return <Chip tone={outcomeTone(row.outcome)}>{term('outcome', row.outcome)}</Chip>
  return (
    <Chip tone={toneOf(row.state)}>
      {row.heldBy ? t('tasks.held-by', { who: row.heldBy }) : term('task-state', row.state)}
    </Chip>
  )
}

const outcomeTone = (outcome: string) =>
  outcome === 'accepted' ? 'good' : outcome === 'complaint' || outcome === 'do-not-call' ? 'bad' : 'plain'
