import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import type { CustomerConsentView, PurposeList, StatementBody, WordingList } from '../../../api/rights.ts'
import { uuid } from '../../../api/uuid.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Button,
  Callout,
  Drawer,
  Field,
  Input,
  Segmented,
  Select,
  TextField,
  useProblem,
  useToast,
} from '../../../kit/index.ts'

const channels = ['email', 'sms', 'call', 'letter'] as const
const hows = ['call', 'letter', 'email', 'form', 'branch', 'portal'] as const
type State = 'granted' | 'withdrawn'

interface Props {
  id: number
  view: CustomerConsentView
  purposes: PurposeList['rows']
  onClose: () => void
}

/** What the customer says now: it holds from the moment it is saved, for what is being sent as well. */
export function StatementForm({ id, view, purposes, onClose }: Props) {
  const { t, term, say } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [statementId] = useState(uuid)
  const [said, setSaid] = useState<Record<string, State>>({})
  const [wishes, setWishes] = useState<Record<string, string>>({})
  const [how, setHow] = useState<string>('call')
  const [ref, setRef] = useState('')
  const wordings = useGet<WordingList>('/consent/wordings')
  const inUse = (wordings.data?.rows ?? []).filter(word => word.validTo === null)
  const [wording, setWording] = useState<string>('')
  const word = inUse.find(candidate => candidate.code === wording)
  const consents = Object.entries(said).map(([key, state]) => {
    const [purpose = '', channel = ''] = key.split('/')
    return { purpose, channel, state }
  })
  const body: StatementBody = {
    id: statementId,
    consents,
    preferences: wishes,
    wording: word?.code ?? '',
    wordingVersion: word?.version ?? 0,
    evidenceHow: how,
    evidenceRef: ref.trim(),
  }
  const save = useMutation({
    mutationFn: () => send<{ recorded: number }>('POST', `/customers/${id}/consents`, body),
    onSuccess: async ({ recorded }) => {
      toast.done(t('rights.recorded', { count: recorded }))
      await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith(`/customers/${id}`) })
      onClose()
    },
  })
  const standing = (purpose: string, channel: string): string => {
    const found = view.standing.find(item => item.purpose === purpose && item.channel === channel)
    return found ? term('consent', found.granted ? 'granted' : 'refused') : t('consent.never-asked')
  }
  const wish = (name: string, value: string) => setWishes({ ...wishes, [name]: value })
  const choice = (purpose: string, channel: string, label: string) => (
    <div className="row" key={`${purpose}/${channel}`} style={{ justifyContent: 'space-between', flexWrap: 'wrap' }}>
      <span>
        {label} <span className="small muted">{standing(purpose, channel)}</span>
      </span>
      <Segmented
        aria-label={label}
        value={said[`${purpose}/${channel}`] ?? 'same'}
        options={[
          { value: 'same', label: t('consent.same') },
          { value: 'granted', label: term('consent', 'granted') },
          { value: 'withdrawn', label: term('consent', 'refused') },
        ]}
        onChange={value => {
          const { [`${purpose}/${channel}`]: _, ...others } = said
          setSaid(value === 'same' ? others : { ...others, [`${purpose}/${channel}`]: value as State })
        }}
      />
    </div>
  )
  const nothing = consents.length === 0 && Object.keys(wishes).length === 0
  return (
    <Drawer
      open
      onClose={onClose}
      size={560}
      title={t('rights.record')}
      footer={
        <div className="row end">
          <span className="small muted grow">{t('rights.at-once')}</span>
          <Button onClick={onClose}>{t('action.close')}</Button>
          <Button type="primary" disabled={nothing} loading={save.isPending} onClick={() => save.mutate()}>
            {t('answer.save')}
          </Button>
        </div>
      }
    >
      <div className="stack">
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        {purposes
          .filter(purpose => purpose.basis === 'consent')
          .map(purpose => (
            <div className="stack tight" key={purpose.code}>
              <div className="strong">{say(purpose.name)}</div>
              <div className="small soft">{say(purpose.about)}</div>
              {purpose.byChannel
                ? channels.map(channel => choice(purpose.code, channel, term('channel', channel)))
                : choice(purpose.code, '*', say(purpose.name))}
            </div>
          ))}
        <div className="strong">{t('rights.preferences')}</div>
        <div className="fields">
          <Field label={term('preference', 'preferred-channel')}>
            {field => (
              <Select
                id={field}
                allowClear
                value={wishes['preferred-channel'] ?? view.preferences['preferred-channel'] ?? null}
                options={channels.map(value => ({ value, label: term('channel', value) }))}
                onChange={value => wish('preferred-channel', value ?? '')}
              />
            )}
          </Field>
          <Field label={term('preference', 'language')}>
            {field => (
              <Select
                id={field}
                allowClear
                value={wishes['language'] ?? view.preferences['language'] ?? null}
                options={['zh-CN', 'en'].map(value => ({ value, label: term('language', value) }))}
                onChange={value => wish('language', value ?? '')}
              />
            )}
          </Field>
          <TextField
            label={term('preference', 'quiet-hours')}
            placeholder="20:00-09:00"
            value={wishes['quiet-hours'] ?? view.preferences['quiet-hours'] ?? ''}
            onChange={value => wish('quiet-hours', value.trim())}
          />
          <TextField
            label={term('preference', 'frequency')}
            inputMode="numeric"
            placeholder="0 … 30"
            value={wishes['frequency'] ?? view.preferences['frequency'] ?? ''}
            onChange={value => wish('frequency', value.trim())}
          />
        </div>
        <div className="strong">{t('rights.evidence')}</div>
        <div className="fields">
          <Field label={t('rights.how')}>
            {field => (
              <Select
                id={field}
                value={how}
                options={hows.map(value => ({ value, label: term('evidence', value) }))}
                onChange={setHow}
              />
            )}
          </Field>
          <Field label={t('rights.reference')}>
            {field => <Input id={field} maxLength={200} value={ref} onChange={event => setRef(event.target.value)} />}
          </Field>
          <Field label={t('rights.wording')}>
            {field => (
              <Select
                id={field}
                allowClear
                value={wording || null}
                options={inUse.map(each => ({ value: each.code, label: `${each.code} v${each.version}` }))}
                onChange={value => setWording(value ?? '')}
              />
            )}
          </Field>
        </div>
        {word ? <Callout>{say(word.text)}</Callout> : null}
      </div>
    </Drawer>
  )
}
