import { PlusOutlined } from '@ant-design/icons'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Checkbox, Field, Input, InputNumber, Select } from '../../../kit/index.ts'
import { type Capacity, callsADay, carries, HOURS, MINUTES, plannedWith, type Team } from './calls-a-day.ts'
import { type Counted, MeasuredCapacity } from './measured-capacity.tsx'
import { Optional, Remove, Whole, withAt } from './rule-parts.tsx'

interface Props {
  channel: string
  capacity: Capacity
  /** Calls a day as the desk made them. */
  counted: Counted | undefined
  locked: boolean
  onChange: (capacity: Capacity) => void
}

const kindsOf: Record<string, Capacity['kind'][]> = {
  letter: ['lots', 'days', 'none'],
  email: ['rate', 'days', 'none'],
  sms: ['rate', 'days', 'none'],
  call: ['agents', 'days', 'none'],
  bill: ['lots', 'days', 'none'],
}
const fresh: Record<Capacity['kind'], Capacity> = {
  none: { kind: 'none' },
  lots: { kind: 'lots', lot_size: 50, lots: 10 },
  rate: { kind: 'rate', per_minute: 600, max: 10_000 },
  days: { kind: 'days', per_day: 100, days: 5 },
  agents: { kind: 'agents', teams: [{ name: '1', agents: 2, hours: HOURS, minutes_per_call: MINUTES }], days: 5 },
}

/** Capacity in the words of the channel: lots of print, messages a minute, agents × hours ÷ handling time. */
export function ChannelCapacity({ channel, capacity, counted, locked, onChange }: Props) {
  const { t, number } = useText()
  const total = plannedWith(capacity, counted) ?? carries(capacity)
  const kinds = [...new Set([capacity.kind, ...(kindsOf[channel] ?? ['days', 'none'])])]
  const part = (label: string, value: number, write: (value: number) => Capacity, max = 100_000_000) => (
    <Field label={label}>
      {() => <Whole value={value} max={max} label={label} locked={locked} onChange={v => onChange(write(v))} />}
    </Field>
  )
  return (
    <div className="stack tight">
      <div className="fields capacity-fields">
        <Field label={t('capacity.kind')}>
          {id => (
            <Select
              id={id}
              value={capacity.kind}
              disabled={locked}
              onChange={kind => onChange(fresh[kind])}
              options={kinds.map(kind => ({ value: kind, label: t(`capacity.kind-${kind}`) }))}
            />
          )}
        </Field>
        {capacity.kind === 'lots' ? (
          <>
            {part(t('capacity.lot-size'), capacity.lot_size, v => ({ ...capacity, lot_size: Math.max(1, v) }))}
            {part(t('capacity.lots'), capacity.lots, v => ({ ...capacity, lots: v }))}
            <Checkbox
              checked={capacity.whole === true}
              disabled={locked}
              onChange={event => onChange({ ...capacity, whole: event.target.checked })}
            >
              {t('capacity.whole')}
            </Checkbox>
          </>
        ) : null}
        {capacity.kind === 'rate' ? (
          <>
            {part(t('capacity.per-minute'), capacity.per_minute, v => ({ ...capacity, per_minute: Math.max(1, v) }))}
            {part(t('capacity.in-all'), capacity.max, v => ({ ...capacity, max: v }))}
            <Field label={t('capacity.rate-per-day')}>
              {() => (
                <Optional
                  value={capacity.per_day}
                  label={t('capacity.rate-per-day')}
                  locked={locked}
                  onChange={per_day => {
                    const { per_day: _, ...rest } = capacity
                    onChange(per_day === undefined ? rest : { ...rest, per_day })
                  }}
                />
              )}
            </Field>
          </>
        ) : null}
        {capacity.kind === 'days'
          ? part(t('capacity.per-day'), capacity.per_day, v => ({ ...capacity, per_day: v }))
          : null}
        {capacity.kind === 'days' || capacity.kind === 'agents'
          ? part(t('capacity.days'), capacity.days, v => ({ ...capacity, days: v }), 366)
          : null}
      </div>
      {capacity.kind === 'agents' ? (
        <>
          <Teams teams={capacity.teams} locked={locked} onChange={teams => onChange({ ...capacity, teams })} />
          <MeasuredCapacity
            counted={counted}
            measured={capacity.measured === true}
            locked={locked}
            onChange={measured => {
              const { measured: _, ...rest } = capacity
              onChange(measured ? { ...rest, measured } : rest)
            }}
          />
        </>
      ) : null}
      <p className="capacity-total">
        {total === null ? t('policy.unlimited') : t('capacity.total', { total: number(total) })}
        {capacity.kind === 'rate' ? (
          <span className="small muted">
            {' '}
            · {t('capacity.takes', { minutes: number(Math.ceil(capacity.max / capacity.per_minute)) })}
          </span>
        ) : null}
      </p>
    </div>
  )
}

function Teams({ teams, locked, onChange }: { teams: Team[]; locked: boolean; onChange: (teams: Team[]) => void }) {
  const { t, number } = useText()
  const set = (at: number, part: Partial<Team> | null) => onChange(withAt(teams, at, part))
  const hours = (value: number, label: string, write: (value: number) => void) => (
    <InputNumber
      size="small"
      min={0.5}
      max={240}
      step={0.5}
      value={value}
      disabled={locked}
      aria-label={label}
      title={label}
      onChange={v => (v === null ? undefined : write(Number(v)))}
    />
  )
  return (
    <div className="stack tight">
      {teams
        .map((team, at) => ({ team, at }))
        .map(({ team, at }) => (
          <div key={at} className="team-line">
            <Input
              size="small"
              value={team.name}
              disabled={locked}
              maxLength={80}
              aria-label={t('capacity.team')}
              onChange={event => set(at, { name: event.target.value || '–' })}
            />
            <span className="row tight nowrap-row">
              {hours(team.agents, t('capacity.agents'), v => set(at, { agents: Math.round(v) }))}
              <span className="muted">×</span>
              {hours(team.hours ?? HOURS, t('capacity.hours'), v => set(at, { hours: Math.min(24, v) }))}
              <span className="muted">{t('capacity.h')} ÷</span>
              {hours(team.minutes_per_call ?? MINUTES, t('capacity.minutes'), v => set(at, { minutes_per_call: v }))}
              <span className="muted">{t('capacity.min')} =</span>
              <span className="strong">{t('capacity.calls-a-day', { calls: number(callsADay(team)) })}</span>
              {teams.length > 1 ? (
                <Remove label={t('rule.remove')} locked={locked} onClick={() => set(at, null)} />
              ) : null}
            </span>
          </div>
        ))}
      <div className="no-print">
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={locked}
          onClick={() =>
            onChange([...teams, { name: String(teams.length + 1), agents: 1, hours: HOURS, minutes_per_call: MINUTES }])
          }
        >
          {t('capacity.add-team')}
        </Button>
      </div>
    </div>
  )
}
