import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Callout, Chip, InputNumber, Panel, useHotkeys, useProblem } from '../../../kit/index.ts'
import { Answer } from './answer.tsx'
import { MessageView } from './message-view.tsx'
import { CLASSES, type ThreadDetail } from './types.ts'

export function Thread({ threadId }: { threadId: number }) {
  const query = useGet<ThreadDetail>(`/inbox/threads/${threadId}`)
  return (
    <Async query={query} lines={8}>
      {thread => <ThreadBody thread={thread} />}
    </Async>
  )
}

const DAY_MS = 86_400_000

function ThreadBody({ thread }: { thread: ThreadDetail }) {
  const { t, instant } = useText()
  const works = useMay()('inbox.work')
  const problem = useProblem()
  const words = useRef<HTMLTextAreaElement>(null)
  const [customer, setCustomer] = useState<number | null>(null)
  const change = useChangeOf<ThreadDetail>(['/inbox', '/cases', '/customers'])
  const act = (name: string, body: unknown) =>
    change.mutate({ method: 'POST', path: `/inbox/threads/${thread.threadId}/${name}`, body })
  const newest = thread.log.findLast(message => message.direction === 'in')
  const label = (messageId: number, name: string) =>
    change.mutate({ method: 'POST', path: `/inbox/messages/${messageId}/class`, body: { class: name } })
  useHotkeys(
    works
      ? {
          a: () => act('owner', { owner: 'me' }),
          c: () => act('state', { state: 'closed' }),
          r: () => words.current?.focus(),
          ...Object.fromEntries(
            CLASSES.map((name, at) => [String(at + 1), newest ? () => label(newest.messageId, name) : undefined]),
          ),
        }
      : {},
  )
  const snooze = (days: number) =>
    act('state', { state: 'snoozed', until: new Date(Date.now() + days * DAY_MS).toISOString() })
  return (
    <Panel title={thread.subject || t(`ib.channel.${thread.channel}`)}>
      <div className="stack">
        <div className="row">
          {thread.customerId > 0 ? (
            <Link className="strong" to={`/customers/${thread.customerId}`}>
              {thread.customerName || `#${thread.customerId}`}
            </Link>
          ) : (
            <span className="strong">{t('ib.nobody')}</span>
          )}
          <span className="soft">{thread.address}</span>
          <Chip tone={thread.state === 'open' ? 'accent' : 'plain'}>{t(`ib.state.${thread.state}`)}</Chip>
          {thread.snoozedUntil && thread.state === 'snoozed' ? (
            <span className="soft">{instant(thread.snoozedUntil)}</span>
          ) : null}
          {thread.ownerName ? <span className="soft">{t('ib.owner', { name: thread.ownerName })}</span> : null}
        </div>
        {thread.about ? (
          <p className="note">
            {t('ib.about')}{' '}
            <Link to={`/communications/${thread.about.communicationId}`}>
              {thread.about.offer || thread.about.kind}
            </Link>{' '}
            · {instant(thread.about.sentAt)}
          </p>
        ) : null}
        {works ? (
          <div className="toolbar">
            <Button onClick={() => act('owner', { owner: thread.owner === null ? 'me' : null })}>
              {t(thread.owner === null ? 'ib.take' : 'ib.give-back')}
            </Button>
            {thread.state === 'closed' ? (
              <Button onClick={() => act('state', { state: 'open' })}>{t('ib.reopen')}</Button>
            ) : (
              <>
                <Button onClick={() => act('state', { state: 'closed' })}>{t('ib.close')}</Button>
                <Button onClick={() => snooze(1)}>{t('ib.snooze-day')}</Button>
                <Button onClick={() => snooze(7)}>{t('ib.snooze-week')}</Button>
              </>
            )}
          </div>
        ) : null}
        {works && thread.customerId === 0 ? (
          <div className="toolbar">
            <InputNumber
              min={1}
              precision={0}
              aria-label={t('ib.customer-number')}
              placeholder={t('ib.customer-number')}
              value={customer}
              onChange={setCustomer}
            />
            <Button disabled={customer === null} onClick={() => act('customer', { customerId: customer })}>
              {t('ib.assign-customer')}
            </Button>
          </div>
        ) : null}
        {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
        {thread.log.map(message => (
          <MessageView
            key={message.messageId}
            message={message}
            onLabel={works ? name => label(message.messageId, name) : undefined}
          />
        ))}
        {works && (thread.address !== '' || thread.channel === 'portal') ? (
          <Answer thread={thread} words={words} />
        ) : null}
      </div>
    </Panel>
  )
}
