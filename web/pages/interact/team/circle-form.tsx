import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Drawer, Field, Input, InputNumber, Select, useProblem } from '../../../kit/index.ts'
import type { CircleBody, TrialList } from './types.ts'

const MEASURES = ['contact', 'completion', 'conversion', 'fields'] as const
const DOINGS = ['trial', 'training', 'list'] as const
const DECISIONS = ['kept', 'dropped', 'next'] as const

const empty: CircleBody = {
  title: '',
  plan: { aim: '', measure: 'conversion', target: 0.1, owner: '', due: '', list: '' },
  do: { kind: 'training', trialId: null, what: '', from: null },
  act: { decision: null, words: '' },
}

interface CircleFormProps {
  circle?: { circleId: number; body: CircleBody }
  follows?: { circleId: number; body: CircleBody }
  onClose: (id: number | null) => void
}

/** All that a circle says; what the check says comes from the calls. */
export function CircleForm({ circle, follows, onClose }: CircleFormProps) {
  const { t, say } = useText()
  const problem = useProblem()
  const trials = useGet<TrialList>('/team/trials')
  const [draft, setDraft] = useState<CircleBody>(
    circle?.body ?? (follows ? { ...empty, plan: { ...follows.body.plan, due: '' } } : empty),
  )
  const done = (id: number | null) => onClose(id)
  const save = useChangeOf<{ circleId?: number }>(['/team/circles'], answer =>
    done(answer.circleId ?? circle?.circleId ?? null),
  )
  const plan = (part: Partial<CircleBody['plan']>) => setDraft({ ...draft, plan: { ...draft.plan, ...part } })
  const doing = (part: Partial<CircleBody['do']>) => setDraft({ ...draft, do: { ...draft.do, ...part } })
  const act = (part: Partial<CircleBody['act']>) => setDraft({ ...draft, act: { ...draft.act, ...part } })
  const ready = draft.title.trim() !== '' && draft.plan.aim.trim() !== '' && draft.plan.due !== ''
  const send = () =>
    circle
      ? save.mutate({ method: 'PUT', path: `/team/circles/${circle.circleId}`, body: draft })
      : save.mutate({
          method: 'POST',
          path: '/team/circles',
          body: { body: draft, follows: follows?.circleId ?? null },
        })
  return (
    <Drawer open size={620} title={circle ? draft.title : t('tl.new-circle')} onClose={() => done(null)}>
      <div className="stack">
        <Words label={t('tl.trial-name')} value={draft.title} onChange={title => setDraft({ ...draft, title })} />
        <h3>{t('tl.step.plan')}</h3>
        <Words long label={t('tl.aim')} value={draft.plan.aim} onChange={aim => plan({ aim })} />
        <Field label={t('tl.measure')}>
          {id => (
            <Select
              id={id}
              value={draft.plan.measure}
              onChange={measure => plan({ measure })}
              options={MEASURES.map(value => ({ value, label: t(`tl.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('tl.list')}>
          {id => (
            <Select
              id={id}
              value={draft.plan.list}
              onChange={list => plan({ list })}
              options={[
                { value: '', label: t('tl.all-lists') },
                ...(trials.data?.lists.map(row => ({ value: row.list, label: say(row.name) })) ?? []),
              ]}
            />
          )}
        </Field>
        <Field label={t('tl.target-percent')}>
          {id => (
            <InputNumber
              id={id}
              min={0}
              max={100}
              value={Math.round(draft.plan.target * 1000) / 10}
              onChange={value => plan({ target: (value ?? 0) / 100 })}
            />
          )}
        </Field>
        <Words label={t('tl.owner')} value={draft.plan.owner} onChange={owner => plan({ owner })} />
        <Day label={t('tl.due-day')} value={draft.plan.due} onChange={due => plan({ due })} />
        <h3>{t('tl.step.do')}</h3>
        <Field label={t('tl.do-kind')}>
          {id => (
            <Select
              id={id}
              value={draft.do.kind}
              onChange={kind => doing({ kind, trialId: kind === 'trial' ? draft.do.trialId : null })}
              options={DOINGS.map(value => ({ value, label: t(`tl.do.${value}`) }))}
            />
          )}
        </Field>
        {draft.do.kind === 'trial' ? (
          <Field label={t('tl.trial')}>
            {id => (
              <Select
                id={id}
                allowClear
                value={draft.do.trialId}
                onChange={trialId => doing({ trialId: trialId ?? null })}
                options={trials.data?.rows.map(row => ({ value: row.trialId, label: row.name })) ?? []}
              />
            )}
          </Field>
        ) : null}
        <Words long label={t('tl.what')} value={draft.do.what} onChange={what => doing({ what })} />
        <Day label={t('tl.since-day')} value={draft.do.from ?? ''} onChange={from => doing({ from: from || null })} />
        <h3>{t('tl.step.act')}</h3>
        <Field label={t('tl.decision')}>
          {id => (
            <Select
              id={id}
              allowClear
              value={draft.act.decision}
              onChange={decision => act({ decision: decision ?? null })}
              options={DECISIONS.map(value => ({ value, label: t(`tl.decision.${value}`) }))}
            />
          )}
        </Field>
        <Words long label={t('tl.words')} value={draft.act.words} onChange={words => act({ words })} />
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        <Button type="primary" disabled={!ready} loading={save.isPending} onClick={send}>
          {t('tl.save')}
        </Button>
      </div>
    </Drawer>
  )
}

interface InputProps {
  label: string
  value: string
  long?: true
  onChange: (value: string) => void
}

function Words({ label, value, long, onChange }: InputProps) {
  return (
    <Field label={label}>
      {id =>
        long ? (
          <Input.TextArea id={id} rows={2} maxLength={1000} value={value} onChange={e => onChange(e.target.value)} />
        ) : (
          <Input id={id} maxLength={80} value={value} onChange={e => onChange(e.target.value)} />
        )
      }
    </Field>
  )
}

function Day({ label, value, onChange }: InputProps) {
  return (
    <Field label={label}>
      {id => <Input id={id} type="date" value={value} onChange={event => onChange(event.target.value)} />}
    </Field>
  )
}
