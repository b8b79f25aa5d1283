import { useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Checkbox, Drawer, Field, Input, InputNumber, Select, useProblem } from '../../../kit/index.ts'
import type { ChannelBody, ChannelRow, Kind, SettingField } from './types.ts'
import { useChange } from './use-change.ts'

const draftOf = (kind: Kind, channel: ChannelRow | null): ChannelBody => ({
  kind: kind.kind,
  name: channel?.name ?? '',
  settings: {
    ...Object.fromEntries(
      kind.fields
        .filter(field => !field.kind.endsWith('secret') && field.fallback !== undefined)
        .map(field => [field.name, field.fallback]),
    ),
    ...channel?.settings,
  },
  secrets: {},
  state: channel?.state ?? 'on',
  position: channel?.position ?? 0,
})

interface ChannelFormProps {
  kinds: readonly Kind[]
  channel: ChannelRow | null
  onClose: () => void
}

export function ChannelForm({ kinds, channel, onClose }: ChannelFormProps) {
  const { t, say } = useText()
  const problem = useProblem()
  const first = kinds.find(({ kind }) => kind === channel?.kind) ?? kinds[0]
  const [kind, setKind] = useState(first)
  const [draft, setDraft] = useState(() => (first ? draftOf(first, channel) : null))
  const save = useChange(onClose)
  if (!kind || !draft) return null
  const set = (part: Partial<ChannelBody>) => setDraft({ ...draft, ...part })
  return (
    <Drawer
      open
      size={560}
      title={channel ? channel.name : t('dl.add')}
      onClose={onClose}
      footer={
        <div className="row end">
          <Button onClick={onClose}>{t('gb.cancel')}</Button>
          <Button
            type="primary"
            loading={save.isPending}
            disabled={draft.name.trim() === ''}
            onClick={() =>
              save.mutate(
                channel
                  ? { method: 'PUT', path: `/delivery/channels/${channel.channelId}`, body: draft }
                  : { method: 'POST', path: '/delivery/channels', body: draft },
              )
            }
          >
            {t('dl.save')}
          </Button>
        </div>
      }
    >
      <div className="stack">
        {channel ? null : (
          <Field label={t('dl.kind')}>
            {id => (
              <Select
                id={id}
                value={kind.kind}
                options={kinds.map(one => ({ value: one.kind, label: say(one.title) }))}
                onChange={value => {
                  const next = kinds.find(one => one.kind === value) ?? kind
                  setKind(next)
                  setDraft({ ...draftOf(next, null), name: draft.name })
                }}
              />
            )}
          </Field>
        )}
        <p className="soft">{say(kind.about)}</p>
        <Field label={t('dl.name')}>
          {id => (
            <Input id={id} maxLength={80} value={draft.name} onChange={event => set({ name: event.target.value })} />
          )}
        </Field>
        {kind.fields.map(field => (
          <Setting
            key={field.name}
            field={field}
            value={field.kind.endsWith('secret') ? (draft.secrets?.[field.name] ?? '') : draft.settings[field.name]}
            kept={channel?.secretsSet.includes(field.name) ?? false}
            onChange={value =>
              field.kind.endsWith('secret')
                ? set({ secrets: { ...draft.secrets, [field.name]: String(value) } })
                : set({ settings: { ...draft.settings, [field.name]: value } })
            }
          />
        ))}
        <Checkbox
          checked={draft.state === 'on'}
          onChange={event => set({ state: event.target.checked ? 'on' : 'off' })}
        >
          {t('dl.use')}
        </Checkbox>
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
      </div>
    </Drawer>
  )
}

interface SettingProps {
  field: SettingField
  value: unknown
  /** A secret that is there already. */
  kept: boolean
  onChange: (value: unknown) => void
}

function Setting({ field, value, kept, onChange }: SettingProps) {
  const { t, say } = useText()
  const help = field.help ? <p className="small muted">{say(field.help)}</p> : null
  if (field.kind === 'switch')
    return (
      <div>
        <Checkbox checked={value === true} onChange={event => onChange(event.target.checked)}>
          {say(field.label)}
        </Checkbox>
        {help}
      </div>
    )
  return (
    <div>
      <Field label={say(field.label)}>{id => <Control {...{ id, field, value, kept, onChange }} />}</Field>
      {kept ? <p className="small muted">{t('dl.kept')}</p> : null}
      {help}
    </div>
  )
}

function Control({ id, field, value, kept, onChange }: SettingProps & { id: string }) {
  const { t, say } = useText()
  const text = value === undefined ? '' : String(value)
  const hint = kept ? t('dl.kept-hint') : ''
  switch (field.kind) {
    case 'number':
      return <InputNumber id={id} min={0} value={Number(value ?? 0)} onChange={next => onChange(Number(next ?? 0))} />
    case 'choice':
      return (
        <Select
          id={id}
          value={text}
          options={(field.choices ?? []).map(one => ({ value: one.value, label: say(one.label) }))}
          onChange={onChange}
        />
      )
    case 'secret':
      return (
        <Input.Password
          id={id}
          autoComplete="new-password"
          placeholder={hint}
          value={text}
          onChange={event => onChange(event.target.value)}
        />
      )
    case 'long-secret':
      return (
        <Input.TextArea
          id={id}
          rows={3}
          placeholder={hint}
          value={text}
          onChange={event => onChange(event.target.value)}
        />
      )
    case 'long-text':
      return <Input.TextArea id={id} rows={4} value={text} onChange={event => onChange(event.target.value)} />
    case 'lines':
      return (
        <Input.TextArea
          id={id}
          rows={4}
          value={Array.isArray(value) ? value.join('\n') : ''}
          onChange={event =>
            onChange(
              event.target.value
                .split('\n')
                .map(line => line.trim())
                .filter(Boolean),
            )
          }
        />
      )
    default:
      return <Input id={id} value={text} onChange={event => onChange(event.target.value)} />
  }
}
