import type { Policy } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Select } from '../../../kit/index.ts'
import { DayRules } from './day-rules.tsx'
import type { RulesProps } from './rule-parts.tsx'

type Blackout = Policy['blackouts'][number]
const usual = ['complaint', 'bounce', 'purchase', 'contact']
const FRESH: Blackout = { after: 'complaint', days: 30, channels: ['letter', 'email', 'sms', 'call'] }

/** Channels closed for days after something happened. */
export function BlackoutRules({ policy, change, locked, events }: RulesProps & { events: readonly string[] }) {
  const { t, term } = useText()
  const { blackouts } = policy
  const names = [...new Set([...usual, ...events, ...blackouts.map(b => b.after)])]
  return (
    <DayRules
      rules={blackouts}
      locked={locked}
      title={t('rule.for')}
      fresh={FRESH}
      add={t('rule.add-blackout')}
      onChange={rules => change({ blackouts: rules })}
      first={set => [
        {
          id: 'after',
          title: t('rule.after'),
          cell: ({ rule, at }) => (
            <Select
              className="kinds-select"
              value={rule.after}
              disabled={locked}
              showSearch
              aria-label={t('rule.after')}
              onChange={after => set(at, { after })}
              options={names.map(name => ({ value: name, label: term('event', name) }))}
            />
          ),
        },
      ]}
    />
  )
}
