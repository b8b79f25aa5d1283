import { type RefObject, useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, modKey, Select, useProblem } from '../../../kit/index.ts'
import type { AnswerFragments, ThreadDetail } from './types.ts'

const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')

/** GSM 03.38 has 160 places in one SMS and 153 in each of several; UCS-2 70 and 67. */
function segments(text: string): number {
  // biome keeps the range readable: printable ASCII is what both alphabets share.
  const plain = /^[\n\r -~]*$/.test(text)
  const [one, many] = plain ? [160, 153] : [70, 67]
  return text.length === 0 ? 0 : text.length <= one ? 1 : Math.ceil(text.length / many)
}

/** Sent by the channel the customer wrote by; sent twice after a break it goes once. */
export function Answer({ thread, words }: { thread: ThreadDetail; words: RefObject<HTMLTextAreaElement | null> }) {
  const { t, say } = useText()
  const problem = useProblem()
  const [text, setText] = useState('')
  const [id, setId] = useState(newId)
  const fragments = useGet<AnswerFragments>(`/inbox/threads/${thread.threadId}/fragments`)
  const change = useChangeOf<ThreadDetail>(['/inbox'], () => {
    setText('')
    setId(newId())
  })
  const blanks = text.includes('〔')
  const send = () =>
    change.mutate({ method: 'POST', path: `/inbox/threads/${thread.threadId}/answer`, body: { id, text } })
  return (
    <div className="stack">
      <Select
        aria-label={t('ib.fragment')}
        placeholder={t('ib.fragment')}
        value={null}
        onChange={(chosen: string | null) => {
          const found = fragments.data?.rows.find(row => row.id === chosen)
          if (found) setText(before => [before, found.text].filter(part => part !== '').join('\n\n'))
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
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim() !== '' && !blanks) send()
        }}
      />
      {blanks ? <Callout tone="warn">{t('ib.blanks')}</Callout> : null}
      {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
      <div className="toolbar">
        <Button
          type="primary"
          loading={change.isPending}
          disabled={text.trim() === '' || blanks}
          title={`${modKey}+Enter`}
          onClick={send}
        >
          {t(`ib.send.${thread.channel}`)}
        </Button>
        {thread.channel === 'sms' ? <span className="soft">{t('ib.segments', { n: segments(text) })}</span> : null}
      </div>
    </div>
  )
}
