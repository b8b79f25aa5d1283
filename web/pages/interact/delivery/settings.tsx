import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Callout, Checkbox, Field, Input, InputNumber, Panel, useProblem } from '../../../kit/index.ts'
import { FallbackSteps } from './fallback-steps.tsx'
import type { DeliverySettings } from './types.ts'
import { useChange } from './use-change.ts'

const HOURS = ['email', 'sms'] as const
const SEEDS = ['email', 'sms'] as const

export function Settings() {
  const settings = useGet<DeliverySettings>('/delivery/settings')
  return (
    <Async query={settings} lines={10}>
      {data => <Form key={JSON.stringify(data)} settings={data} />}
    </Async>
  )
}

function Form({ settings }: { settings: DeliverySettings }) {
  const { t, term } = useText()
  const may = useMay()
  const problem = useProblem()
  const [draft, setDraft] = useState(settings)
  const [saved, setSaved] = useState<DeliverySettings | null>(null)
  const save = useChange((_, { body }) => setSaved(body === settings ? null : settings))
  const locked = !may('delivery.manage')
  const set = (part: Partial<DeliverySettings>) => setDraft({ ...draft, ...part })
  const store = (value: DeliverySettings) => save.mutate({ method: 'PUT', path: '/delivery/settings', body: value })
  const hoursOf = (channel: (typeof HOURS)[number]) =>
    draft.hours[channel] ?? { from: '00:00', to: '00:00', zone: 'Asia/Shanghai' }
  return (
    <fieldset className="stack" style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }} disabled={locked}>
      <Panel title={t('dl.links')} note={t('dl.links-note')}>
        <div className="stack">
          <Field label={t('dl.public-url')}>
            {id => (
              <Input
                id={id}
                value={draft.publicUrl}
                onChange={event => set({ publicUrl: event.target.value.trim() })}
              />
            )}
          </Field>
          <Checkbox checked={draft.opens} onChange={event => set({ opens: event.target.checked })}>
            {t('dl.opens')}
          </Checkbox>
          <Checkbox checked={draft.clicks} onChange={event => set({ clicks: event.target.checked })}>
            {t('dl.clicks')}
          </Checkbox>
        </div>
      </Panel>
      <Panel title={t('dl.hours')} note={t('dl.hours-note')}>
        <div className="stack">
          {HOURS.map(channel => (
            <div key={channel} className="row">
              <span className="strong" style={{ minWidth: 44 }}>
                {term('channel', channel)}
              </span>
              {(['from', 'to'] as const).map(end => (
                <Input
                  key={end}
                  type="time"
                  style={{ width: 122 }}
                  aria-label={`${term('channel', channel)} ${t(`dl.hours-${end}`)}`}
                  value={hoursOf(channel)[end]}
                  onChange={event =>
                    set({ hours: { ...draft.hours, [channel]: { ...hoursOf(channel), [end]: event.target.value } } })
                  }
                />
              ))}
            </div>
          ))}
          <p className="small muted">{t('dl.hours-same')}</p>
        </div>
      </Panel>
      <Panel title={t('dl.fallback')} note={t('dl.fallback-note')}>
        <FallbackSteps steps={draft.fallback} onChange={fallback => set({ fallback })} />
      </Panel>
      <Panel title={t('dl.seeds')} note={t('dl.seeds-note')}>
        <div className="stack">
          {SEEDS.map(channel => (
            <Field key={channel} label={term('channel', channel)}>
              {id => (
                <Input.TextArea
                  id={id}
                  rows={3}
                  value={(draft.seeds[channel] ?? []).join('\n')}
                  onChange={event =>
                    set({ seeds: { ...draft.seeds, [channel]: event.target.value.split('\n').map(one => one.trim()) } })
                  }
                />
              )}
            </Field>
          ))}
          <Field label={t('dl.give-up')}>
            {id => (
              <InputNumber
                id={id}
                min={1}
                max={240}
                value={draft.giveUpHours}
                onChange={value => set({ giveUpHours: Number(value ?? 72) })}
              />
            )}
          </Field>
        </div>
      </Panel>
      {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
      {saved ? (
        <Callout
          tone="good"
          title={t('dl.saved')}
          extra={<Button onClick={() => store(saved)}>{t('dl.undo')}</Button>}
        />
      ) : null}
      {locked ? null : (
        <div className="row">
          <Button type="primary" loading={save.isPending} onClick={() => store(tidy(draft))}>
            {t('dl.save')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

const tidy = (draft: DeliverySettings): DeliverySettings => ({
  ...draft,
  seeds: Object.fromEntries(Object.entries(draft.seeds).map(([channel, all]) => [channel, all?.filter(Boolean) ?? []])),
})
