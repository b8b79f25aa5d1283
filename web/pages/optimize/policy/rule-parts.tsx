import { DeleteOutlined } from '@ant-design/icons'
import type { Policy } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, InputNumber, Select } from '../../../kit/index.ts'

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
