import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Callout, Drawer, Field, Input, InputNumber, useProblem } from '../../../kit/index.ts'
import { Categories } from './categories.tsx'
import type { CaseSettings } from './types.ts'

const WEEK = ['1', '2', '3', '4', '5', '6', '7'] as const

/** Working hours, holidays, what cases are about and the time each has. */
export function CaseSettingsDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const settings = useGet<CaseSettings>('/cases/settings')
  return (
    <Drawer open size={560} title={t('cs.settings')} onClose={onClose}>
      <Async query={settings}>{found => <SettingsForm found={found} onClose={onClose} />}</Async>
    </Drawer>
  )
}

function SettingsForm({ found, onClose }: { found: CaseSettings; onClose: () => void }) {
  const { t } = useText()
  const problem = useProblem()
  const [draft, setDraft] = useState(found)
  const save = useChangeOf<CaseSettings>(['/cases'], onClose)
  const hours = (part: Partial<CaseSettings['hours']>) => setDraft({ ...draft, hours: { ...draft.hours, ...part } })
  return (
    <div className="stack">
      <Field label={t('cs.zone')}>
        {id => <Input id={id} value={draft.hours.zone} onChange={event => hours({ zone: event.target.value })} />}
      </Field>
      {WEEK.map(day => (
        <Field key={day} label={t(`cs.day.${day}`)}>
          {id => (
            <Input
              id={id}
              placeholder={t('cs.day-off')}
              defaultValue={spansText(draft.hours.week[day] ?? [])}
              onBlur={event => hours({ week: { ...draft.hours.week, [day]: spansOf(event.target.value) } })}
            />
          )}
        </Field>
      ))}
      {(['holidays', 'workdays'] as const).map(list => (
        <Field key={list} label={t(`cs.${list}`)}>
          {id => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 2, maxRows: 8 }}
              defaultValue={draft.hours[list].join('\n')}
              onBlur={event => hours({ [list]: event.target.value.split(/[\s,，]+/).filter(Boolean) })}
            />
          )}
        </Field>
      ))}
      <Categories categories={draft.categories} onChange={categories => setDraft({ ...draft, categories })} />
      <Field label={t('cs.escalate-every')}>
        {id => (
          <InputNumber
            id={id}
            min={5}
            suffix={t('cs.working-minutes')}
            style={{ width: '100%' }}
            value={draft.escalateEvery}
            onChange={value => setDraft({ ...draft, escalateEvery: value ?? draft.escalateEvery })}
          />
        )}
      </Field>
      {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
      <Button
        type="primary"
        loading={save.isPending}
        onClick={() => save.mutate({ method: 'PUT', path: '/cases/settings', body: draft })}
      >
        {t('cs.save')}
      </Button>
    </div>
  )
}

/** `09:00-12:00, 13:00-18:00` */
const spansText = (spans: readonly (readonly [string, string])[]): string =>
  spans.map(([from, to]) => `${from}-${to}`).join(', ')

const spansOf = (text: string): [string, string][] =>
  text
    .split(/[,，;；]/)
    .map(span => span.trim().split(/\s*[-–~至]\s*/))
    .flatMap(([from, to]) => (from && to ? [[from, to] as [string, string]] : []))
