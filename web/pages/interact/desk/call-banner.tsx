import { PhoneOutlined, UserOutlined } from '@ant-design/icons'
import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { User } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Chip, useHotkeys, useProblem } from '../../../kit/index.ts'
import { CallClock } from './call-clock.tsx'
import type { CallView } from './types.ts'
import { noteCall, useCalls } from './use-calls.ts'
import { useDeskChange } from './use-change.ts'
import { useScreenPop } from './use-screen-pop.ts'

/** Calls that ring or are spoken, wherever in the app the agent is; a second one never takes the screen from the first. */
export function CallBanner({ user }: { user: User }) {
  return user.permissions.includes('tasks.work') ? <Calls /> : null
}

/** Nobody lifted the receiver, nor took the call on the screen. */
const ringsYet = (call: CallView): boolean => call.state === 'ringing' && call.taskId === ''

const takePath = (call: CallView): string => `/desk/calls/${encodeURIComponent(call.callId)}/take`
const dismissPath = (call: CallView): string => `/desk/calls/${encodeURIComponent(call.callId)}/dismiss`

function Calls() {
  const { t } = useText()
  const navigate = useNavigate()
  const problem = useProblem()
  const { pathname } = useLocation()
  const callerWords = useCallerWords()
  const calls = useCalls().filter(
    // A call that we dial is at the task it is dialled from.
    call => call.state !== 'ended' && call.direction !== 'out' && pathname !== `/tasks/${call.taskId}`,
  )
  const take = useDeskChange<CallView>(answer => {
    noteCall(answer)
    void navigate(`/tasks/${answer.taskId}`)
  })
  const open = (call: CallView): void => {
    if (call.taskId) void navigate(`/tasks/${call.taskId}`)
    else if (!take.isPending) take.mutate({ method: 'POST', path: takePath(call) })
  }
  const dismiss = useDeskChange<CallView>(noteCall)
  const first = calls.find(call => call.taskId === '') ?? calls[0]
  const over = calls.find(call => call.mine && !ringsYet(call))
  useHotkeys({
    F2: first ? () => open(first) : undefined,
    F4: over ? () => dismiss.mutate({ method: 'POST', path: dismissPath(over) }) : undefined,
  })
  useScreenPop(calls, open)
  const rings = calls.findLast(ringsYet)
  const said = rings ? t('calls.announce', { who: callerWords(rings) }) : ''
  useRingingTitle(said)
  return (
    <>
      {/* There before it rings, and without the clocks: a screen reader says each call once. */}
      <div className="sr-only" role="alert">
        {said}
      </div>
      {calls.length > 0 ? (
        <section className="call-banner no-print" aria-label={t('calls.title')}>
          {calls.map(call => (
            <div key={call.callId} className={ringsYet(call) ? 'ringing rings' : 'ringing'}>
              <PhoneOutlined aria-hidden />
              <span className="grow">
                <span className="strong">{callerWords(call)}</span>{' '}
                <span className="small soft">
                  {call.name ? call.number : null}{' '}
                  {ringsYet(call) ? t('calls.ringing') : <CallClock since={call.answeredAt ?? call.rangAt} />}
                </span>
              </span>
              {call.how === 'shared' ? (
                <Chip tone="warn">{t('calls.shared', { count: call.candidates.length })}</Chip>
              ) : null}
              {dismiss.error && dismiss.variables.path === dismissPath(call) ? (
                <Callout tone="bad">{problem(dismiss.error)}</Callout>
              ) : null}
              {take.error && take.variables.path === takePath(call) ? (
                <Callout tone="bad">{problem(take.error)}</Callout>
              ) : null}
              <Button
                type="primary"
                loading={take.isPending && take.variables.path === takePath(call)}
                onClick={() => open(call)}
              >
                {t(call.taskId ? 'calls.show' : 'calls.answer')}{' '}
                {call === first ? <kbd className="in-button">F2</kbd> : null}
              </Button>
              {call.mine && !ringsYet(call) ? (
                <Button
                  title={t('calls.over-hint')}
                  loading={dismiss.isPending && dismiss.variables.path === dismissPath(call)}
                  onClick={() => dismiss.mutate({ method: 'POST', path: dismissPath(call) })}
                >
                  {t('calls.over')} {call === over ? <kbd className="in-button">F4</kbd> : null}
                </Button>
              ) : null}
            </div>
          ))}
        </section>
      ) : null}
    </>
  )
}

/** An agent in another tab sees that it rings. */
function useRingingTitle(said: string): void {
  useEffect(() => {
    if (said === '') return undefined
    const before = document.title
    const now = `☎ ${said}`
    document.title = now
    return () => {
      if (document.title === now) document.title = before
    }
  }, [said])
}

type Caller = Pick<CallView, 'numberState' | 'how' | 'direction'>

/** Nobody is named by a number that says nothing, or too much. */
function useCallerWords(): (call: Caller & Pick<CallView, 'name' | 'number'>) => string {
  const { t } = useText()
  return call => {
    if (call.name) return call.name
    return [t(stranger(call)), call.number].filter(Boolean).join(' ')
  }
}

const stranger = ({ direction, numberState, how }: Caller) =>
  direction === 'counter'
    ? 'calls.counter'
    : numberState === 'withheld'
      ? 'calls.withheld'
      : numberState === 'malformed'
        ? 'calls.malformed'
        : how === 'shared'
          ? 'calls.one-of'
          : 'calls.unknown'

export function CallerName({ call }: { call: Caller }) {
  const { t } = useText()
  return (
    <>
      {call.direction === 'counter' ? <UserOutlined aria-hidden /> : null} {t(stranger(call))}
    </>
  )
}
