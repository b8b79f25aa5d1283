import { PhoneOutlined } from '@ant-design/icons'
import { Link, useNavigate, useParams } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useSession } from '../../../api/session.ts'
import type { TaskDetail } from '../../../api/types.ts'
import { uuid } from '../../../api/uuid.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Callout,
  Chip,
  KeyList,
  leaveField,
  modKey,
  Page,
  toneOf,
  useHotkeys,
  useProblem,
} from '../../../kit/index.ts'
import { TakeBackLast } from '../take-back/take-back-last.tsx'
import { AskCall } from './ask-call.tsx'
import { Beside } from './beside.tsx'
import { CallerName } from './call-banner.tsx'
import { CallClock } from './call-clock.tsx'
import { dialAddress, dialBy } from './dial.ts'
import { InHand } from './in-hand.tsx'
import { KeyFields } from './key-fields.tsx'
import { Meanwhile } from './meanwhile.tsx'
import { OfferPanel } from './offer-panel.tsx'
import { OutcomePanel } from './outcome-panel.tsx'
import { ScriptPath } from './script-path.tsx'
import { SurveyAtEnd } from './survey-at-end.tsx'
import { emptyDraft } from './task-draft.ts'
import type { CallView, Picture } from './types.ts'
import { useCalls } from './use-calls.ts'
import { useDeskChange } from './use-change.ts'
import { useLease } from './use-lease.ts'
import { useServerDraft } from './use-server-draft.ts'
import { WhoForm } from './who-form.tsx'
import { WhoStrip } from './who-strip.tsx'

/** One call on one screen: who, why, what they have before them, what to say, how it ended. */
export default function TaskPage() {
  const { t } = useText()
  const { id = '' } = useParams()
  const task = useGet<TaskDetail>(`/tasks/${id}`)
  if (task.data) return <TaskView key={`${task.data.taskId} ${task.data.mine}`} task={task.data} />
  return (
    <Page title={t('task.title')} crumb={<Link to="/tasks">{t('tasks.title')}</Link>}>
      <Async query={task} lines={12}>
        {() => null}
      </Async>
    </Page>
  )
}

function TaskView({ task }: { task: TaskDetail }) {
  const { t } = useText()
  const problem = useProblem()
  const navigate = useNavigate()
  const session = useSession()
  const call = callOf(useCalls(), task)
  const held = task.mine
  const lost = useLease(task.taskId, held)
  const kept = useServerDraft(task, () => emptyDraft(uuid()), held)
  const move = useDeskChange<unknown>((_, { path }) => {
    if (path.endsWith('/release')) void navigate('/tasks')
  })
  const act = (what: 'hold' | 'release') => () =>
    move.mutate({ method: 'POST', path: `/tasks/${task.taskId}/${what}`, body: {} })
  const free = task.state === 'open'
  const number = kept.draft.number || task.numbers[0] || ''
  useHotkeys({
    h: free ? act('hold') : undefined,
    t: held && number !== '' ? () => document.getElementById(`dial-${number}`)?.click() : undefined,
    Escape: leaveField,
  })
  const customerId = call?.customerId || task.customerId
  const active = held && !lost
  return (
    <Page
      title={task.customerName || call?.name || (customerId === 0 ? t('calls.nobody-yet') : t('customer.nameless'))}
      crumb={<Link to="/tasks">{t('tasks.title')}</Link>}
      lead={<Head task={task} call={call} held={held} onDial={rung => kept.change({ number: rung })} />}
      actions={
        <>
          {customerId > 0 && session.data ? <AskCall customerId={customerId} /> : null}
          {held ? (
            <Button onClick={act('release')} loading={move.isPending}>
              {t('task.release')}
            </Button>
          ) : null}
          {free ? (
            <Button type="primary" onClick={act('hold')} loading={move.isPending}>
              {t('task.hold')} <kbd className="in-button">H</kbd>
            </Button>
          ) : null}
        </>
      }
    >
      <div className="stack">
        <InHand except={task.taskId} />
        <TakeBackLast />
        {move.error ? <Callout tone="bad">{problem(move.error)}</Callout> : null}
        {lost ? <Callout tone="bad">{t('desk.lease-lost')}</Callout> : null}
        <Meanwhile task={task} />
        {customerId > 0 ? (
          <OfCustomer id={customerId} task={task} kept={kept} active={active} />
        ) : (
          <div className="talk">
            {call ? <WhoForm call={call} /> : null}
            <Talk task={task} kept={kept} active={active} />
          </div>
        )}
        {task.state === 'held' || free ? <Keys /> : null}
      </div>
    </Page>
  )
}

interface TalkProps {
  task: TaskDetail
  kept: ReturnType<typeof useServerDraft<ReturnType<typeof emptyDraft>>>
  active: boolean
}

function OfCustomer({ id, ...talk }: TalkProps & { id: number }) {
  const picture = useGet<Picture>(`/desk/customers/${id}`)
  return (
    <Async query={picture} lines={14}>
      {data => (
        <>
          <WhoStrip picture={data} />
          <div className="talk">
            <Talk {...talk} picture={data} />
            <Beside key={data.customerId} picture={data} inbound={talk.task.kind === 'inbound'} />
          </div>
        </>
      )}
    </Async>
  )
}

/** What to ask, to say and to write down, in the order of the call. */
function Talk({ task, kept, active, picture }: TalkProps & { picture?: Picture }) {
  const { draft, change } = kept
  const shared = { draft, change, active }
  const running = task.state === 'held' || task.state === 'open'
  return (
    <div className="stack">
      {picture && running ? <KeyFields customerId={picture.customerId} {...shared} /> : null}
      <ScriptPath script={task.script} known={task.known} {...shared} />
      {picture?.offer && task.kind !== 'campaign' ? <OfferPanel offer={picture.offer} {...shared} /> : null}
      {picture?.offer && task.kind === 'campaign' && picture.offer.objections.length > 0 ? (
        <OfferPanel offer={picture.offer} {...shared} />
      ) : null}
      {picture && running ? <SurveyAtEnd customerId={picture.customerId} {...shared} /> : null}
      {running ? <OutcomePanel task={task} {...kept} active={active} /> : null}
    </div>
  )
}

/** The whole desk without a mouse. */
function Keys() {
  const { t } = useText()
  return (
    <KeyList
      keys={[
        ['F2', t('calls.answer')],
        ['T', t('desk.dial')],
        ['1–9', t('keys.branch')],
        ['J K', t('keys.papers')],
        ['A R …', t('keys.outcome')],
        ['N', t('task.note')],
        ['Tab', t('keys.field')],
        ['Esc', t('keys.leave-field')],
        [`${modKey} ↵`, t('keys.save')],
        ['U', t('tb.take-back-last')],
      ]}
    />
  )
}

/** The call this task is spoken in: the one it was made from, or the one that we dialled. */
const callOf = (calls: readonly CallView[], { taskId, numbers }: TaskDetail): CallView | null =>
  calls.find(call => call.taskId === taskId) ??
  calls.findLast(call => call.direction === 'out' && call.mine && numbers.includes(call.number)) ??
  null

interface HeadProps {
  task: TaskDetail
  call: CallView | null
  held: boolean
  onDial: (number: string) => void
}

function Head({ task, call, held, onDial }: HeadProps) {
  const { t, say, term, instant } = useText()
  const numbers = held ? task.numbers : []
  const by = dialBy()
  return (
    <span className="row">
      {numbers.map(number => (
        <a
          key={number}
          id={`dial-${number}`}
          className="phone-number"
          href={dialAddress(number, by)}
          title={t('desk.dial')}
          onClick={() => onDial(number)}
        >
          <PhoneOutlined /> {number}
        </a>
      ))}
      {numbers.length === 0 && task.phone ? <span className="phone-number">{task.phone}</span> : null}
      {call ? (
        <Chip tone={call.state === 'ended' ? 'warn' : 'accent'} {...(call.lost ? { title: t('calls.lost') } : {})}>
          {call.state === 'ended' ? (
            t('calls.wrap-up')
          ) : call.customerId > 0 ? (
            t('calls.in-talk')
          ) : (
            <CallerName call={call} />
          )}{' '}
          {call.endedAt ? <CallClock since={call.endedAt} /> : <CallClock since={call.answeredAt ?? call.rangAt} />}
        </Chip>
      ) : null}
      <Chip tone="accent">{say(task.offerName)}</Chip>
      <Chip>{term('language', task.language)}</Chip>
      <Chip tone={held ? 'accent' : toneOf(task.state)}>
        {task.state === 'held' && !held && task.heldBy
          ? t('tasks.held-by', { who: task.heldBy })
          : term('task-state', task.state)}
      </Chip>
      {held && task.heldAt ? <CallClock since={task.heldAt} /> : null}
      {task.attempts > 0 ? <span className="small muted">{t('task.attempts', { count: task.attempts })}</span> : null}
      {task.dueAt && task.state === 'open' ? (
        <span className="small muted">{t('task.due', { at: instant(task.dueAt) })}</span>
      ) : null}
      {call?.recording ? (
        <a href={call.recording} target="_blank" rel="noreferrer">
          {t('calls.recording')}
        </a>
      ) : null}
    </span>
  )
}
