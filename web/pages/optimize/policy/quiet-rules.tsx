import { PlusOutlined } from '@ant-design/icons'
import type { Policy } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Input } from '../../../kit/index.ts'
import { Channels, Remove, type RulesProps, withAt } from './rule-parts.tsx'

type Hours = Policy['quiet_hours'][number]
type Period = NonNullable<Policy['quiet_periods']>[number]

/** Hours of the day, by country, and days of the year on which nothing goes out. */
export function QuietRules({ policy, change, locked }: RulesProps) {
  const { t, term } = useText()
  const hours = policy.quiet_hours
  const periods = policy.quiet_periods ?? []
  const setHours = (at: number, part: Partial<Hours> | null) => change({ quiet_hours: withAt(hours, at, part) })
  const setPeriod = (at: number, part: Partial<Period> | null) => change({ quiet_periods: withAt(periods, at, part) })
  const today = new Date().toISOString().slice(0, 10)
  const time = (value: string, label: string, onChange: (value: string) => void, type: 'time' | 'date' = 'time') => (
    <Input
      type={type}
      className="time-input"
      value={value}
      disabled={locked}
      aria-label={label}
      onChange={event => (event.target.value === '' ? undefined : onChange(event.target.value))}
    />
  )
  return (
    <div className="panel-body stack tight">
      {hours.map((rule, at) => (
        <div key={`${rule.country} ${rule.zone} ${rule.channels.length}`} className="row rule-line">
          <span className="strong">{term('country', rule.country)}</span>
          {time(rule.from, t('rule.from'), from => setHours(at, { from }))}
          <span className="muted">–</span>
          {time(rule.to, t('rule.to'), to => setHours(at, { to }))}
          <span className="small muted">{rule.zone}</span>
          <Channels value={rule.channels} locked={locked} onChange={channels => setHours(at, { channels })} />
        </div>
      ))}
      {periods
        .map((rule, at) => ({ rule, at }))
        .map(({ rule, at }) => (
          <div key={at} className="row rule-line">
            <span className="strong">{t('rule.period')}</span>
            {time(rule.from, t('rule.from'), from => setPeriod(at, { from, to: later(rule.to, from) }), 'date')}
            <span className="muted">–</span>
            {time(
              rule.to,
              t('rule.to'),
              to => setPeriod(at, { to, from: later(rule.from, to) === to ? rule.from : to }),
              'date',
            )}
            <Channels value={rule.channels} locked={locked} onChange={channels => setPeriod(at, { channels })} />
            <Remove label={t('rule.remove')} locked={locked} onClick={() => setPeriod(at, null)} />
          </div>
        ))}
      <div className="no-print">
        <Button
          icon={<PlusOutlined />}
          disabled={locked}
          onClick={() =>
            change({
              quiet_periods: [...periods, { from: today, to: today, channels: ['letter', 'email', 'sms', 'call'] }],
            })
          }
        >
          {t('rule.add-period')}
        </Button>
      </div>
    </div>
  )
}

/** Of two days written alike. */
const later = (a: string, b: string): string => (Date.parse(a) < Date.parse(b) ? b : a)
