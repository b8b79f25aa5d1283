import { PlusOutlined } from '@ant-design/icons'
import type { Policy } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Input, Select } from '../../../kit/index.ts'
import { Channels, NameOf, Remove, type RulesProps, withAt } from './rule-parts.tsx'

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
      <p className="small muted">{t('rule.hours-help')}</p>
      {hours
        .map((rule, at) => ({ rule, at }))
        .map(({ rule, at }) => (
          <div key={at} className="row rule-line">
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              className="country-select"
              value={rule.country}
              disabled={locked}
              aria-label={t('rule.country')}
              onChange={country => setHours(at, { country })}
              options={countries.map(code => ({ value: code, label: term('country', code) }))}
            />
            {time(rule.from, t('rule.from'), from => setHours(at, { from }))}
            <span className="muted">–</span>
            {time(rule.to, t('rule.to'), to => setHours(at, { to }))}
            <Select
              showSearch
              className="country-select"
              value={rule.zone}
              disabled={locked}
              aria-label={t('rule.zone')}
              onChange={zone => setHours(at, { zone })}
              options={zones.map(zone => ({ value: zone, label: zone }))}
            />
            <Channels value={rule.channels} locked={locked} onChange={channels => setHours(at, { channels })} />
            <Remove label={t('rule.remove')} locked={locked} onClick={() => setHours(at, null)} />
          </div>
        ))}
      <p className="small muted">{t('rule.periods-help')}</p>
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
            <NameOf value={rule.name} locked={locked} onChange={name => setPeriod(at, { name })} />
            <Remove label={t('rule.remove')} locked={locked} onClick={() => setPeriod(at, null)} />
          </div>
        ))}
      <div className="row no-print">
        <Button
          icon={<PlusOutlined />}
          disabled={locked}
          onClick={() =>
            change({
              quiet_hours: [
                ...hours,
                { country: 'CN', zone: 'Asia/Shanghai', channels: ['sms', 'call'], from: '20:00', to: '09:00' },
              ],
            })
          }
        >
          {t('rule.add-hours')}
        </Button>
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

/** Where customers live; every zone the browser knows. */
const countries =
  'CN HK MO TW SG JP KR GB IE DE FR NL BE AT CH IT ES PT PL DK SE NO FI US CA AU NZ IN AE ZA BR MX'.split(' ')
const zones = Intl.supportedValuesOf('timeZone')

/** Of two days written alike. */
const later = (a: string, b: string): string => (Date.parse(a) < Date.parse(b) ? b : a)
