import { DeleteOutlined, FontSizeOutlined } from '@ant-design/icons'
import type { Policy } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Input, InputNumber, Popover, Select } from '../../../kit/index.ts'

export interface RulesProps {
  policy: Policy
  change: (part: Partial<Policy>) => void
  locked: boolean
}

export type Channel = Policy['limits'][number]['channels'][number]
const all: Channel[] = ['letter', 'email', 'sms', 'call', 'bill']

export function Channels({
  value,
  onChange,
  locked,
}: {
  value: readonly Channel[]
  onChange: (value: Channel[]) => void
  locked: boolean
}) {
  const { t, term } = useText()
  return (
    <Select
      mode="multiple"
      className="channels-select"
      value={[...value]}
      disabled={locked}
      aria-label={t('rule.channels')}
      status={value.length === 0 ? 'error' : ''}
      onChange={onChange}
      options={all.map(channel => ({ value: channel, label: term('channel', channel) }))}
    />
  )
}

interface WholeProps {
  value: number
  min?: number
  max?: number
  label: string
  locked: boolean
  suffix?: string
  onChange: (value: number) => void
}

/** A whole number; an empty field keeps the last one. */
export function Whole({ value, min = 0, max = 3660, label, locked, suffix, onChange }: WholeProps) {
  return (
    <InputNumber
      value={value}
      min={min}
      max={max}
      precision={0}
      disabled={locked}
      aria-label={label}
      suffix={suffix}
      onChange={next => (next === null ? undefined : onChange(Number(next)))}
    />
  )
}

export function Remove({ label, locked, onClick }: { label: string; locked: boolean; onClick: () => void }) {
  return (
    <Button
      className="no-print"
      size="small"
      icon={<DeleteOutlined />}
      aria-label={label}
      disabled={locked}
      onClick={onClick}
    />
  )
}

/** The list with one of its members changed, or taken out. */
export const withAt = <T,>(list: readonly T[], at: number, part: Partial<T> | null): T[] =>
  part === null ? list.filter((_, i) => i !== at) : list.map((one, i) => (i === at ? { ...one, ...part } : one))

interface PartProps<T> {
  value: T
  label: string
  locked: boolean
  onChange: (value: T) => void
}

/** A share, as per cent. An empty field keeps the last one, or takes the share away where there need not be one. */
export function Percent({
  value,
  label,
  locked,
  most = 100,
  onChange,
  onClear,
}: PartProps<number | undefined> & { most?: number; onClear?: () => void }) {
  return (
    <InputNumber
      min={0}
      max={most}
      step={1}
      suffix="%"
      className="percent-input"
      value={value === undefined ? null : Number((value * 100).toFixed(2))}
      disabled={locked}
      aria-label={label}
      placeholder="–"
      onChange={next => (next === null ? onClear?.() : onChange(Number(next) / 100))}
    />
  )
}

/** Money in the currency's own unit; kept in minor units. */
export function Money({ value, label, locked, onChange }: PartProps<number>) {
  return (
    <InputNumber
      min={0}
      step={1}
      value={value / 100}
      disabled={locked}
      aria-label={label}
      onChange={next => (next === null ? undefined : onChange(Math.round(Number(next) * 100)))}
    />
  )
}

/** A number that need not be there: an empty field takes it away. */
export function Optional({ value, label, locked, onChange }: PartProps<number | undefined>) {
  return (
    <InputNumber
      min={0}
      precision={0}
      value={value ?? null}
      disabled={locked}
      aria-label={label}
      placeholder="–"
      onChange={next => onChange(next === null ? undefined : Number(next))}
    />
  )
}

/** Types of events, those seen so far to choose from; others can be typed. */
export function Events({ value, label, locked, known, onChange }: PartProps<string[]> & { known: readonly string[] }) {
  const { term } = useText()
  const names = [...new Set([...known, ...value])]
  return (
    <Select
      mode="tags"
      className="channels-select"
      value={value}
      disabled={locked}
      aria-label={label}
      status={value.length === 0 ? 'error' : ''}
      onChange={(next: string[]) => (next.length > 0 ? onChange(next.filter(isEvent)) : undefined)}
      options={names.map(name => ({ value: name, label: term('event', name) }))}
    />
  )
}

const isEvent = (name: string): boolean => /^[a-z][a-z0-9-]{0,40}$/.test(name)

type Named = { id: string; name: { en: string; zh: string } }

/** One of the offers or segments; `any` offers to leave it open. */
export function OneOf({
  value,
  label,
  locked,
  from,
  any,
  onChange,
}: PartProps<string | undefined> & { from: readonly Named[]; any?: string }) {
  const { say } = useText()
  return (
    <Select
      className="one-of-select"
      value={value ?? ''}
      disabled={locked}
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      onChange={next => onChange(next === '' ? undefined : next)}
      options={[
        ...(any === undefined ? [] : [{ value: '', label: any }]),
        ...from.map(one => ({ value: one.id, label: say(one.name) })),
      ]}
    />
  )
}

/** The name people see of a rule, in both languages; without one the rule is told in words. */
export function NameOf({
  value,
  locked,
  onChange,
}: {
  value: { en: string; zh: string } | undefined
  locked: boolean
  onChange: (name: { en: string; zh: string } | undefined) => void
}) {
  const { t, say, term } = useText()
  const put = (part: Partial<{ en: string; zh: string }>) => {
    const next = { en: value?.en ?? '', zh: value?.zh ?? '', ...part }
    const some = next.en || next.zh
    onChange(some ? { en: next.en || some, zh: next.zh || some } : undefined)
  }
  return (
    <Popover
      trigger="click"
      content={
        <div className="stack tight">
          <p className="small muted">{t('rule.name-help')}</p>
          {(['zh', 'en'] as const).map(lang => (
            <Input
              key={lang}
              addonBefore={term('language', lang === 'zh' ? 'zh-CN' : 'en')}
              value={value?.[lang] ?? ''}
              maxLength={200}
              disabled={locked}
              aria-label={`${t('rule.name')} ${term('language', lang === 'zh' ? 'zh-CN' : 'en')}`}
              onChange={event => put({ [lang]: event.target.value })}
            />
          ))}
        </div>
      }
    >
      <Button size="small" icon={<FontSizeOutlined />} aria-label={t('rule.name')}>
        {value ? say(value) : t('rule.no-name')}
      </Button>
    </Popover>
  )
}
