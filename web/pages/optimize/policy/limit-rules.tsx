import type { Policy } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Select } from '../../../kit/index.ts'
import { DayRules } from './day-rules.tsx'
import { type RulesProps, Whole } from './rule-parts.tsx'

const FRESH: Policy['limits'][number] = { channels: ['email'], days: 30, max: 1 }

/** At most so many contacts within so many days, over all campaigns. */
export function LimitRules({ policy, change, locked }: RulesProps) {
  const { t, term } = useText()
  return (
    <DayRules
      rules={policy.limits}
      locked={locked}
      title={t('rule.within')}
      fresh={FRESH}
      add={t('rule.add-limit')}
      onChange={limits => change({ limits })}
      first={set => [
        {
          id: 'max',
          title: t('rule.at-most'),
          cell: ({ rule, at }) => (
            <Whole
              value={rule.max}
              max={200}
              label={t('rule.at-most')}
              locked={locked}
              onChange={max => set(at, { max })}
            />
          ),
        },
        {
          id: 'kinds',
          title: t('rule.kinds'),
          cell: ({ rule, at }) => (
            <Select
              mode="multiple"
              className="kinds-select"
              value={[...(rule.kinds ?? ['offer'])]}
              disabled={locked}
              aria-label={t('rule.kinds')}
              onChange={kinds => (kinds.length > 0 ? set(at, { kinds }) : undefined)}
              options={(['offer', 'service', 'legal'] as const).map(kind => ({
                value: kind,
                label: term('contact-kind', kind),
              }))}
            />
          ),
        },
      ]}
    />
  )
}
