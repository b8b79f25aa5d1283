import { useQueryClient } from '@tanstack/react-query'
import { type ComponentRef, useRef } from 'react'
import { useNavigate } from 'react-router'
import type { OutcomeResult, TaskDetail } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Button,
  Callout,
  Field,
  type Input,
  modKey,
  Panel,
  Radio,
  Select,
  TextAreaField,
  useHotkeys,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { CallbackTime } from './callback-time.tsx'
import { asksWhen, missingFor, outcomeOf, outcomesFor, reached, type TaskDraft } from './task-draft.ts'
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

/** How the call ended; saving it opens the next, or ends the work for now. */
export function OutcomePanel({ task, draft, change, drop, active, saving, savedAt }: OutcomePanelProps) {
  const { t, term, lately } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const navigate = useNavigate()
  const next = useNextTask()
  const rung = task.kind === 'inbound' ? [] : task.numbers
  const missing = missingFor(draft, task)
  const codes = outcomesFor(task.kind)
  const goOn = useRef(true)
  const save = useDeskChange<OutcomeResult>(() => {
    drop()
    const back = `/tasks?tab=ended&back=${draft.id}`
    toast.done(t('task.saved'), { label: t('tb.take-back'), act: () => void navigate(back) })
    client.removeQueries({ queryKey: [`/tasks/${task.taskId}`] })
    if (goOn.current) next.mutate()
    else void navigate('/tasks')
  })
  const submit = (andNext: boolean): void => {
    const body = outcomeOf(draft, { ...task, numbers: rung })
    if (!body || !active || save.isPending) return
    goOn.current = andNext
    save.mutate({ method: 'POST', path: `/tasks/${task.taskId}/outcome`, body })
  }
  const askedInScript = asksWhen(reached(task.script.blocks, draft.path).at(-1))
  const note = useRef<ComponentRef<typeof Input.TextArea>>(null)
  useHotkeys({
    'mod+Enter': () => submit(true),
    n: active ? () => note.current?.focus({ cursor: 'end' }) : undefined,
    ...Object.fromEntries(codes.map(({ code, key }) => [key, active ? () => change({ outcome: code }) : undefined])),
  })
  return (
    <Panel
      className="no-print"
      title={t('task.outcome')}
      note={active ? <SavedNote saving={saving} at={savedAt ? lately(savedAt) : ''} /> : t('task.hold-first')}
    >
      <div className="stack tight">
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        {next.error ? <Callout tone="bad">{problem(next.error)}</Callout> : null}
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
        {draft.outcome !== null && draft.outcome === draft.suggested ? (
          <span className="small muted">{t('task.from-script')}</span>
        ) : null}
        {draft.outcome === 'callback' && !askedInScript ? (
          <Field label={t('task.callback-at')}>
            {id => (
              <CallbackTime
                id={id}
                value={draft.callbackAt}
                disabled={!active}
                onChange={callbackAt => change({ callbackAt })}
              />
            )}
          </Field>
        ) : null}
        {rung.length > 1 ? (
          <Field label={t('desk.rung')}>
            {id => (
              <Select
                id={id}
                value={draft.number || rung[0]!}
                disabled={!active}
                onChange={value => change({ number: value })}
                options={rung.map(value => ({ value, label: value }))}
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
        <TextAreaField
          ref={note}
          label={t('task.note')}
          rows={2}
          maxLength={4000}
          value={draft.note}
          disabled={!active}
          placeholder={t('task.note-hint')}
          onChange={value => change({ note: value })}
        />
        <div className="row">
          <Button
            type="primary"
            className="grow"
            disabled={missing !== null || !active}
            loading={save.isPending || next.isPending}
            onClick={() => submit(true)}
          >
            {t('task.save')} <kbd className="in-button">{modKey} ↵</kbd>
          </Button>
          <Button disabled={missing !== null || !active || save.isPending} onClick={() => submit(false)}>
            {t('task.save-only')}
          </Button>
        </div>
        {active && missing ? <span className="small soft">{t(`task.missing.${missing}`)}</span> : null}
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
