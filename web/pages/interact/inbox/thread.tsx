import { useRef, useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Callout, leaveField, Panel, useHotkeys, useProblem, useToast } from '../../../kit/index.ts'
import { About } from './about.tsx'
import { Answer } from './answer.tsx'
import { ConfirmClass } from './confirm-class.tsx'
import { CustomerBeside } from './customer-beside.tsx'
import { MessageView } from './message-view.tsx'
import { ThreadHead } from './thread-head.tsx'
import { CLASSES, type ReplyClass, type ThreadDetail } from './types.ts'

interface ThreadProps {
  threadId: number
  /** Nothing is left to do with it here: the next one, please. */
  onDone: () => void
}

export function Thread({ threadId, onDone }: ThreadProps) {
  const query = useGet<ThreadDetail>(`/inbox/threads/${threadId}`)
  return (
    <Async query={query} lines={8}>
      {thread => <ThreadBody thread={thread} onDone={onDone} />}
    </Async>
  )
}

const DAY_MS = 86_400_000

function ThreadBody({ thread, onDone }: { thread: ThreadDetail; onDone: () => void }) {
  const { t } = useText()
  const works = useMay()('inbox.work')
  const problem = useProblem()
  const toast = useToast()
  const words = useRef<HTMLTextAreaElement>(null)
  const [asked, setAsked] = useState<{ messageId: number; name: ReplyClass } | null>(null)
  const change = useChangeOf<ThreadDetail>(['/inbox', '/cases', '/customers'])
  const path = `/inbox/threads/${thread.threadId}`
  const act = (name: string, body: unknown) => change.mutate({ method: 'POST', path: `${path}/${name}`, body })
  const { mutate: changeState } = useChangeOf<ThreadDetail>(['/inbox'], ({ state }) => {
    if (state === 'open') return
    onDone()
    toast.done(t(state === 'closed' ? 'ib.closed' : 'ib.snoozed'), {
      label: t('ib.undo'),
      act: () => changeState({ method: 'POST', path: `${path}/state`, body: { state: 'open' } }),
    })
  })
  const toState = (body: { state: string; until?: string }) =>
    changeState({ method: 'POST', path: `${path}/state`, body })
  const rest = (days: number) =>
    toState({ state: 'snoozed', until: new Date(Date.now() + days * DAY_MS).toISOString() })
  const label = (messageId: number, name: ReplyClass, tell = true): void => {
    setAsked(null)
    change.mutate({ method: 'POST', path: `/inbox/messages/${messageId}/class`, body: { class: name, tell } })
  }
  /** What makes something happen to the customer is asked about first: one wrong key is no wish to stop. */
  const say = (messageId: number, name: ReplyClass): void => {
    const before = thread.log.find(message => message.messageId === messageId)
    const undoes = before?.class === 'stop' || DONE.test(before?.followed ?? '')
    if (FOLLOWED.has(name) || (undoes && before?.class !== name)) setAsked({ messageId, name })
    else label(messageId, name)
  }
  const newest = thread.log.findLast(message => message.direction === 'in')
  const closed = thread.state === 'closed'
  useHotkeys({
    Escape: leaveField,
    ...(works && !asked
      ? {
          a: () => act('owner', { owner: 'me' }),
          c: closed ? undefined : () => toState({ state: 'closed' }),
          s: closed ? undefined : () => rest(1),
          r: () => words.current?.focus(),
          ...Object.fromEntries(
            CLASSES.map((name, at) => [String(at + 1), newest ? () => say(newest.messageId, name) : undefined]),
          ),
        }
      : {}),
  })
  return (
    <Panel title={thread.subject || t(`ib.channel.${thread.channel}`)} className="inbox-thread">
      <div className="stack">
        <ThreadHead thread={thread} works={works} act={act} onState={toState} onRest={rest} />
        {thread.customerId > 0 ? <CustomerBeside threadId={thread.threadId} customerId={thread.customerId} /> : null}
        {thread.about ? <About about={thread.about} /> : null}
        {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
        {thread.log.map(message => (
          <MessageView
            key={message.messageId}
            message={message}
            onLabel={works ? name => say(message.messageId, name) : undefined}
          />
        ))}
        {works && (thread.address !== '' || thread.channel === 'portal') ? (
          <Answer thread={thread} words={words} onClose={() => toState({ state: 'closed' })} />
        ) : null}
      </div>
      {asked ? (
        <ConfirmClass {...asked} onYes={tell => label(asked.messageId, asked.name, tell)} onNo={() => setAsked(null)} />
      ) : null}
    </Panel>
  )
}

/** Something followed that a correction takes back. */
const DONE = /^(accepted|declined|stopped|case:)/
const FOLLOWED: ReadonlySet<ReplyClass> = new Set(['accept', 'refuse', 'stop', 'complaint', 'change'])
