import { useMutation, useQueryClient } from '@tanstack/react-query'
import { send } from '../../api/client.ts'
import type { OutcomeBody, OutcomeResult, TaskDetail } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Button, Callout, Field, Input, modKey, Panel, useHotkeys, useProblem, useToast } from '../../kit/index.ts'
import { outcomeOf, outcomes, type TaskDraft } from './task-draft.ts'
import { useNextTask } from './use-next-task.ts'

interface OutcomePanelProps {
  task: TaskDetail
  draft: TaskDraft
  change: (part: Partial<TaskDraft>) => void
  drop: () => void
  active: boolean
}

/** How the call ended; saving it opens the next. */
export function OutcomePanel({ task, draft, change, drop, active }: OutcomePanelProps) {
  const { t, term } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const next = useNextTask()
  const body = outcomeOf(draft)
  const save = useMutation({
    mutationFn: (outcome: OutcomeBody) => send<OutcomeResult>('POST', `/tasks/${task.taskId}/outcome`, outcome),
    onSuccess: async () => {
      drop()
      toast.done(t('task.saved'))
      await client.invalidateQueries({
        predicate: query => /^\/(tasks|customers)/.test(String(query.queryKey[0])),
        refetchType: 'none',
      })
      next.mutate()
    },
  })
  const submit = (): void => {
    if (body && active && !save.isPending) save.mutate(body)
  }
  useHotkeys({
    'mod+Enter': submit,
    ...Object.fromEntries(outcomes.map(({ code, key }) => [key, active ? () => change({ outcome: code }) : undefined])),
  })
  return (
    <Panel title={t('task.outcome')} note={active ? null : t('task.hold-first')}>
      <div className="stack tight">
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        <fieldset className="outcomes" aria-label={t('task.outcome')}>
          {outcomes.map(({ code, key }) => (
            <button
              type="button"
              key={code}
              aria-pressed={draft.outcome === code}
              className={draft.outcome === code ? 'outcome chosen' : 'outcome'}
              disabled={!active}
              onClick={() => change({ outcome: code })}
            >
              <kbd>{key.toUpperCase()}</kbd> {term('outcome', code)}
            </button>
          ))}
        </fieldset>
        {draft.outcome === 'callback' ? (
          <Field label={t('task.callback-at')}>
            {id => (
              <Input
                id={id}
                type="datetime-local"
                value={draft.callbackAt}
                disabled={!active}
                onChange={event => change({ callbackAt: event.target.value })}
              />
            )}
          </Field>
        ) : null}
        <Field label={t('task.note')}>
          {id => (
            <Input.TextArea
              id={id}
              rows={4}
              maxLength={4000}
              value={draft.note}
              disabled={!active}
              placeholder={t('task.note-hint')}
              onChange={event => change({ note: event.target.value })}
            />
          )}
        </Field>
        <Button
          type="primary"
          block
          disabled={!body || !active}
          loading={save.isPending || next.isPending}
          onClick={submit}
        >
          {t('task.save')} <kbd className="in-button">{modKey} ↵</kbd>
        </Button>
      </div>
    </Panel>
  )
}
