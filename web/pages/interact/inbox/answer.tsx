import { type RefObject, useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { uuid } from '../../../api/uuid.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, modKey, Select, useDraft, useProblem, useToast } from '../../../kit/index.ts'
import { segments } from './segments.ts'
import type { AnswerFragments, ThreadDetail } from './types.ts'

interface AnswerProps {
  thread: ThreadDetail
  words: RefObject<HTMLTextAreaElement | null>
  onClose: () => void
}

/** Sent by the channel the customer wrote by; sent twice after a break it goes once. What is typed stays while others are read. */
export function Answer({ thread, words, onClose }: AnswerProps) {
  const { t, say } = useText()
  const problem = useProblem()
  const toast = useToast()
  const [{ id, text }, change, drop] = useDraft(`thread.${thread.threadId}`, () => ({
    id: uuid().replaceAll('-', ''),
    text: '',
  }))
  const [closes, setCloses] = useState(false)
  const fragments = useGet<AnswerFragments>(`/inbox/threads/${thread.threadId}/fragments`)
  const answer = useChangeOf<ThreadDetail>(['/inbox'], () => {
    drop()
    toast.done(t('ib.sent'))
    if (closes) onClose()
  })
  const blanks = text.includes('〔')
  const ready = text.trim() !== '' && !blanks && !answer.isPending
  const send = (close: boolean): void => {
    if (!ready) return
    setCloses(close)
    answer.mutate({ method: 'POST', path: `/inbox/threads/${thread.threadId}/answer`, body: { id, text } })
  }
  return (
    <div className="stack tight">
      <Select
        aria-label={t('ib.fragment')}
        placeholder={t('ib.fragment')}
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        notFoundContent={t('ib.no-fragments')}
        onChange={(chosen: string | null) => {
          const found = fragments.data?.rows.find(row => row.id === chosen)
          if (found) change({ text: [text, found.text].filter(part => part !== '').join('\n\n') })
          words.current?.focus()
        }}
        options={fragments.data?.rows.map(row => ({ value: row.id, label: say(row.title) })) ?? []}
      />
      <textarea
        ref={words}
        className="inbox-answer"
        rows={5}
        maxLength={20_000}
        aria-label={t('ib.answer')}
        placeholder={t('ib.answer')}
        value={text}
        onChange={event => change({ text: event.target.value })}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) send(false)
        }}
      />
      {blanks ? <Callout tone="warn">{t('ib.blanks')}</Callout> : null}
      {answer.error ? <Callout tone="bad">{problem(answer.error)}</Callout> : null}
      <div className="toolbar">
        <Button type="primary" loading={answer.isPending} disabled={!ready} onClick={() => send(false)}>
          {t(`ib.send.${thread.channel}`)} <kbd className="in-button">{modKey} ↵</kbd>
        </Button>
        {thread.state === 'closed' ? null : (
          <Button disabled={!ready} onClick={() => send(true)}>
            {t('ib.send-and-close')}
          </Button>
        )}
        {thread.channel === 'sms' ? <span className="soft">{t('ib.segments', { n: segments(text) })}</span> : null}
      </div>
    </div>
  )
}
