import { PhoneOutlined, UserOutlined } from '@ant-design/icons'
import { useLocation, useNavigate } from 'react-router'
import type { User } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Chip, useProblem } from '../../../kit/index.ts'
import { CallClock } from './call-clock.tsx'
import type { CallView } from './types.ts'
import { noteCall, useCalls } from './use-calls.ts'
import { useDeskChange } from './use-change.ts'

/** Calls that ring or are spoken, wherever in the app the agent is; a second one never takes the screen from the first. */
export function CallBanner({ user }: { user: User }) {
  return user.permissions.includes('tasks.work') ? <Calls /> : null
}

function Calls() {
  const { t } = useText()
  const { pathname } = useLocation()
  const calls = useCalls().filter(call => call.state !== 'ended' && pathname !== `/tasks/${call.taskId}`)
  if (calls.length === 0) return null
  return (
    <section className="call-banner no-print" aria-label={t('calls.title')} aria-live="assertive">
      {calls.map(call => (
        <Ringing key={call.callId} call={call} />
      ))}
    </section>
  )
}

function Ringing({ call }: { call: CallView }) {
  const { t } = useText()
  const navigate = useNavigate()
  const problem = useProblem()
  const take = useDeskChange<CallView>(answer => {
    noteCall(answer)
    void navigate(`/tasks/${answer.taskId}`)
  })
  return (
    <div className="ringing">
      <PhoneOutlined aria-hidden />
      <span className="grow">
        <span className="strong">{call.name || <CallerName call={call} />}</span>{' '}
        <span className="small muted">
          {call.number}{' '}
          {call.state === 'ringing' ? t('calls.ringing') : <CallClock since={call.answeredAt ?? call.rangAt} />}
        </span>
      </span>
      {call.how === 'shared' ? <Chip tone="warn">{t('calls.shared', { count: call.candidates.length })}</Chip> : null}
      {take.error ? <Callout tone="bad">{problem(take.error)}</Callout> : null}
      <Button
        type="primary"
        loading={take.isPending}
        onClick={() => {
          if (call.taskId) void navigate(`/tasks/${call.taskId}`)
          else take.mutate({ method: 'POST', path: `/desk/calls/${encodeURIComponent(call.callId)}/take` })
        }}
      >
        {call.taskId ? t('calls.show') : t('calls.answer')}
      </Button>
    </div>
  )
}

/** Nobody is named by a number that says nothing, or too much. */
export function CallerName({ call }: { call: Pick<CallView, 'numberState' | 'how' | 'direction'> }) {
  const { t } = useText()
  if (call.direction === 'counter')
    return (
      <>
        <UserOutlined aria-hidden /> {t('calls.counter')}
      </>
    )
  if (call.numberState !== 'ok') return t(call.numberState === 'withheld' ? 'calls.withheld' : 'calls.malformed')
  return t(call.how === 'shared' ? 'calls.one-of' : 'calls.unknown')
}
