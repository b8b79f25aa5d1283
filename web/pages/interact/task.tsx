import { PhoneOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from 'react-router'
import { send } from '../../api/client.ts'
import { useGet } from '../../api/queries.ts'
import { useSession } from '../../api/session.ts'
import type { TaskDetail } from '../../api/types.ts'
import { uuid } from '../../api/uuid.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Button, Callout, Chip, Page, toneOf, useDraft, useHotkeys, useProblem } from '../../kit/index.ts'
import { CustomerSummary } from '../analyze/customer-summary.tsx'
import { OutcomePanel } from './outcome-panel.tsx'
import { ScriptPath } from './script-path.tsx'
import { Shortcuts } from './shortcuts.tsx'
import type { TaskDraft } from './task-draft.ts'

export default function TaskPage() {
  const { t } = useText()
  const { id = '' } = useParams()
  const task = useGet<TaskDetail>(`/tasks/${id}`)
  if (task.data) return <TaskView key={task.data.taskId} task={task.data} />
  return (
    <Page title={t('task.title')} crumb={<Link to="/tasks">{t('tasks.title')}</Link>}>
      <Async query={task} lines={12}>
        {() => null}
      </Async>
    </Page>
  )
}

const empty = (): TaskDraft => ({
  id: uuid(),
  path: [],
  answers: {},
  fields: {},
  outcome: null,
  note: '',
  callbackAt: '',
})

/** So that single keys work again. */
function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}

function TaskView({ task }: { task: TaskDetail }) {
  const { t, say, term, instant } = useText()
  const problem = useProblem()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [draft, change, drop] = useDraft(`task.${task.taskId}`, empty)
  const move = useMutation({
    mutationFn: (what: 'hold' | 'release') => send<unknown>('POST', `/tasks/${task.taskId}/${what}`, {}),
    onSuccess: async (_, what) => {
      await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/tasks') })
      if (what === 'release') void navigate('/tasks')
    },
  })
  const session = useSession()
  // The API names the holder and shows the number to nobody else.
  const held = task.state === 'held' && task.heldBy === session.data?.name
  useHotkeys({
    h: task.state === 'open' ? () => move.mutate('hold') : undefined,
    Escape: leaveField,
  })
  return (
    <Page
      title={task.customerName || t('customer.nameless')}
      crumb={<Link to="/tasks">{t('tasks.title')}</Link>}
      lead={
        <span className="row">
          <span className="phone-number">
            <PhoneOutlined /> {held ? <a href={`tel:${task.phone}`}>{task.phone}</a> : task.phone}
          </span>
          <Chip tone="accent">{say(task.offerName)}</Chip>
          <Chip>{term('language', task.language)}</Chip>
          <Chip tone={held ? 'accent' : toneOf(task.state)}>
            {task.state === 'held' && !held && task.heldBy
              ? t('tasks.held-by', { who: task.heldBy })
              : term('task-state', task.state)}
          </Chip>
          {task.attempts > 0 ? (
            <span className="small muted">{t('task.attempts', { count: task.attempts })}</span>
          ) : null}
          {task.dueAt ? <span className="small muted">{t('task.due', { at: instant(task.dueAt) })}</span> : null}
        </span>
      }
      actions={
        <>
          <Link to={`/customers/${task.customerId}?tab=communications`}>{t('task.customer')}</Link>
          {held ? (
            <Button onClick={() => move.mutate('release')} loading={move.isPending}>
              {t('task.release')}
            </Button>
          ) : null}
          {task.state === 'open' ? (
            <Button type="primary" onClick={() => move.mutate('hold')} loading={move.isPending}>
              {t('task.hold')} <kbd className="in-button">H</kbd>
            </Button>
          ) : null}
        </>
      }
    >
      <div className="stack">
        {move.error ? <Callout tone="bad">{problem(move.error)}</Callout> : null}
        {task.state === 'done' ? (
          <Callout tone="good" title={t('task.done', { outcome: term('outcome', task.outcome ?? '') })}>
            {task.notes}
          </Callout>
        ) : null}
        <CustomerSummary id={task.customerId} />
        <div className="desk">
          <ScriptPath script={task.script} draft={draft} change={change} active={held} />
          <div className="stack">
            <OutcomePanel task={task} draft={draft} change={change} drop={drop} active={held} />
            <Shortcuts />
          </div>
        </div>
      </div>
    </Page>
  )
}
