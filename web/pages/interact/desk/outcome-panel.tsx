import { useQueryClient } from '@tanstack/react-query'
import type { OutcomeResult, TaskDetail } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Button,
  Callout,
  Field,
  Input,
  modKey,
  Panel,
  Radio,
  Select,
  useHotkeys,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { outcomeOf, outcomesFor, type TaskDraft } from './task-draft.ts'
import { useDeskChange } from './use-change.ts'
import { useNextTask } from './use-next-task.ts'
import type { Saving } from './use-server-draft.ts'

interface OutcomePanelProps {
  task: TaskDetail
  draft: TaskDraft
  change: (part: Partial<TaskDraft>) => void
  drop: () => void
  active: boolean
  saving: Saving
  savedAt: string | null
}

/** How the call ended; saving it opens the next. */
export function OutcomePanel({ task, draft, change, drop, active, saving, savedAt }: OutcomePanelProps) {
  const { t, term, instant } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const next = useNextTask()
  const body = outcomeOf(draft, task)
  const codes = outcomesFor(task.kind)
  const save = useDeskChange<OutcomeResult>(() => {
    drop()
    toast.done(t('task.saved'))
    client.removeQueries({ queryKey: [`/tasks/${task.taskId}`] })
    next.mutate()
  })
  const submit = (): void => {
    if (body && active && !save.isPending) save.mutate({ method: 'POST', path: `/tasks/${task.taskId}/outcome`, body })
  }
  useHotkeys({
    'mod+Enter': submit,
    ...Object.fromEntries(codes.map(({ code, key }) => [key, active ? () => change({ outcome: code }) : undefined])),
  })
  return (
    <Panel
      title={t('task.outcome')}
      note={active ? <SavedNote saving={saving} at={savedAt ? instant(savedAt) : ''} /> : t('task.hold-first')}
    >
      <div className="stack tight">
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        <fieldset className="outcomes" aria-label={t('task.outcome')}>
          {codes.map(({ code, key }) => (
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
        {task.numbers.length > 1 && task.kind !== 'inbound' ? (
          <Field label={t('desk.rung')}>
            {id => (
              <Select
                id={id}
                value={draft.number || task.numbers[0]!}
                disabled={!active}
                onChange={value => change({ number: value })}
                options={task.numbers.map(value => ({ value, label: value }))}
              />
            )}
          </Field>
        ) : null}
        {task.meanwhile?.kind === 'split' ? (
          <div className="field">
            <span className="label">{t('desk.which-of-split')}</span>
            <Radio.Group
              aria-label={t('desk.which-of-split')}
              value={draft.customerId ?? 0}
              disabled={!active}
              onChange={event => change({ customerId: Number(event.target.value) })}
              options={[task.meanwhile.customerId ?? task.customerId, ...task.meanwhile.others].map(id => ({
                value: id,
                label: String(id),
              }))}
            />
          </div>
        ) : null}
        <Field label={t('task.note')}>
          {id => (
            <Input.TextArea
              id={id}
              rows={3}
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

function SavedNote({ saving, at }: { saving: Saving; at: string }) {
  const { t } = useText()
  if (saving === 'unsaved') return <span className="warn">{t('desk.not-saved')}</span>
  if (saving === 'saving') return t('desk.saving')
  return at ? t('desk.saved-at', { at }) : t('desk.saved-as-typed')
}
