import { useState } from 'react'
import type { Policy } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Field, Input, Select } from '../../../kit/index.ts'

type ChannelRules = NonNullable<Policy['channels']['call']>

/** Which consent a channel needs, and whom it is open to at all. */
export function ChannelConsent({
  rules,
  locked,
  onChange,
}: {
  rules: ChannelRules
  locked: boolean
  onChange: (rules: ChannelRules) => void
}) {
  const { t, term } = useText()
  const [text, setText] = useState(() => (rules.requires ? JSON.stringify(rules.requires) : ''))
  const [wrong, setWrong] = useState(false)
  const put = (next: string) => {
    setText(next)
    const { requires: _, ...rest } = rules
    if (next.trim() === '') {
      setWrong(false)
      onChange(rest)
      return
    }
    const read = asRule(next)
    setWrong(read === null)
    if (read) onChange({ ...rules, requires: read })
  }
  return (
    <>
      <Field label={t('capacity.consent')}>
        {id => (
          <Select
            id={id}
            value={rules.consent ?? ''}
            disabled={locked}
            onChange={consent => onChange({ ...rules, consent: consent === '' ? null : consent })}
            options={[
              { value: '', label: t('capacity.no-consent') },
              ...['email', 'sms', 'call', 'letter'].map(c => ({ value: c, label: term('channel', c) })),
            ]}
          />
        )}
      </Field>
      <Field label={t('capacity.requires')}>
        {id => (
          <>
            <Input.TextArea
              id={id}
              className="mono"
              autoSize={{ minRows: 1, maxRows: 6 }}
              value={text}
              disabled={locked}
              status={wrong ? 'error' : ''}
              placeholder={'{"all":[{"feature":"recency_days","op":"<=","value":30}]}'}
              onChange={event => put(event.target.value)}
            />
            <p className={wrong ? 'small bad' : 'small muted'}>
              {t(wrong ? 'capacity.requires-wrong' : 'capacity.requires-help')}
            </p>
          </>
        )}
      </Field>
    </>
  )
}

/** Read as far as the form of a rule goes; features and operators are checked by the server. */
function asRule(text: string): ChannelRules['requires'] | null {
  try {
    const rule = JSON.parse(text) as ChannelRules['requires']
    return rule && typeof rule === 'object' && ('all' in rule || 'any' in rule) ? rule : null
  } catch {
    return null
  }
}
