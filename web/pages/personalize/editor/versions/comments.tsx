import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../../api/client.ts'
import type { Comments } from '../../../../api/content.ts'
import { useGet } from '../../../../api/queries.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Async, Button, Input, Panel, useProblem, useToast } from '../../../../kit/index.ts'

/** What reviewers say of a draft, and what was settled. */
export function CommentsPanel({ draft }: { draft: number }) {
  const { t, instant } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const path = `/content/drafts/${draft}/comments`
  const list = useGet<Comments>(path)
  const [text, setText] = useState('')
  const act = async (work: Promise<unknown>) => {
    try {
      await work
      await client.invalidateQueries({ queryKey: [path] })
      return true
    } catch (error) {
      toast.failed(problem(error))
      return false
    }
  }
  return (
    <Panel title={t('content.comments')} note={t('content.comments-note')}>
      <div className="stack tight">
        <Async query={list} lines={2}>
          {({ rows }) => (
            <ul className="comment-list">
              {rows.map(row => (
                <li key={row.id} className={row.resolvedBy === null ? 'comment' : 'comment settled'}>
                  <div className="small muted">
                    {row.by} · {instant(row.at)} {row.block === '' ? null : <code>{row.block}</code>}
                  </div>
                  <p className="verse">{row.text}</p>
                  <Button
                    size="small"
                    type="link"
                    onClick={() =>
                      void act(send('POST', `${path}/${row.id}/resolve`, { resolved: row.resolvedBy === null }))
                    }
                  >
                    {row.resolvedBy === null ? t('content.resolve') : t('content.resolved-by', { who: row.resolvedBy })}
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </Async>
        <Input.TextArea
          rows={2}
          value={text}
          maxLength={5000}
          aria-label={t('content.comment')}
          placeholder={t('content.comment')}
          onChange={event => setText(event.target.value)}
        />
        <div>
          <Button
            disabled={text.trim() === ''}
            onClick={() =>
              void act(send('POST', path, { block: '', text })).then(done => (done ? setText('') : undefined))
            }
          >
            {t('content.say')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}
