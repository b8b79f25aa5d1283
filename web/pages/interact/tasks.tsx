import { PlayCircleOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useGet } from '../../api/queries.ts'
import type { TaskList, TaskRow } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Chip,
  type Column,
  DataTable,
  Page,
  Pager,
  Panel,
  Segmented,
  toneOf,
  useHotkeys,
  useProblem,
  useUrlState,
} from '../../kit/index.ts'
import { useNextTask } from './use-next-task.ts'

const LIMIT = 50

/** The agent's calls, most promising first. */
export default function TasksPage() {
  const { t, say, term, number, instant } = useText()
  const navigate = useNavigate()
  const problem = useProblem()
  const [state, setState] = useUrlState('state', 'open')
  const [offset, setOffset] = useState(0)
  const tasks = useGet<TaskList>('/tasks', {
    query: { state: state === 'all' ? '' : state, offset, limit: LIMIT },
    keep: true,
  })
  const next = useNextTask()
  const begin = (): void => {
    if (!next.isPending) next.mutate()
  }
  useHotkeys({ n: begin })
  const columns: Column<TaskRow>[] = [
    {
      id: 'name',
      title: t('customers.name'),
      cell: row => <span className="strong">{row.customerName || t('customer.nameless')}</span>,
    },
    { id: 'phone', title: t('tasks.phone'), cell: row => <span className="nowrap">{row.phone}</span> },
    { id: 'offer', title: t('plan.offer'), cell: row => say(row.offerName) },
    {
      id: 'language',
      title: t('field.language'),
      cell: row => <span className="soft">{term('language', row.language)}</span>,
    },
    {
      id: 'priority',
      title: t('tasks.priority'),
      right: true,
      cell: row => number(row.priority, Number.isInteger(row.priority) ? 0 : 2),
    },
    { id: 'attempts', title: t('tasks.attempts'), right: true, cell: row => number(row.attempts) },
    {
      id: 'due',
      title: t('tasks.due'),
      right: true,
      cell: row => (row.dueAt ? <span className="soft">{instant(row.dueAt)}</span> : <span className="muted">–</span>),
    },
    {
      id: 'state',
      title: t('campaign.state'),
      right: true,
      cell: row => (
        <Chip tone={row.outcome ? outcomeTone(row.outcome) : toneOf(row.state)}>
          {row.outcome && row.state === 'done'
            ? term('outcome', row.outcome)
            : row.heldBy
              ? t('tasks.held-by', { who: row.heldBy })
              : term('task-state', row.state)}
        </Chip>
      ),
    },
  ]
  return (
    <Page
      title={t('tasks.title')}
      lead={t('tasks.lead')}
      actions={
        <Button type="primary" icon={<PlayCircleOutlined />} loading={next.isPending} onClick={begin}>
          {t('tasks.next')} <kbd className="in-button">N</kbd>
        </Button>
      }
    >
      <div className="stack">
        {next.error ? <Callout tone="bad">{problem(next.error)}</Callout> : null}
        {next.data === null ? <Callout title={t('tasks.no-more')}>{t('tasks.no-more-hint')}</Callout> : null}
        <div className="toolbar">
          <Segmented
            value={state}
            onChange={value => {
              setOffset(0)
              setState(value)
            }}
            options={['open', 'held', 'done', 'all'].map(value => ({ value, label: term('task-state', value) }))}
          />
          {tasks.data ? (
            <span className="count">
              {t('tasks.count', { count: tasks.data.total, shown: number(tasks.data.total) })}
            </span>
          ) : null}
        </div>
        <Panel flush>
          <Async query={tasks} lines={8}>
            {data => (
              <>
                <DataTable
                  columns={columns}
                  rows={data.rows}
                  rowId={row => row.taskId}
                  onOpen={row => void navigate(`/tasks/${row.taskId}`)}
                  empty={<Blank title={t('tasks.none')}>{t('tasks.none-hint')}</Blank>}
                />
                <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
              </>
            )}
          </Async>
        </Panel>
      </div>
    </Page>
  )
}

const outcomeTone = (outcome: string) =>
  outcome === 'accepted' ? 'good' : outcome === 'complaint' || outcome === 'do-not-call' ? 'bad' : 'plain'
