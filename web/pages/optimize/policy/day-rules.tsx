import { PlusOutlined } from '@ant-design/icons'
import type { Policy } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Button, type Column, DataTable } from '../../../kit/index.ts'
import { type Channel, Channels, NameOf, Remove, Whole, withAt } from './rule-parts.tsx'

/** What limits and blackouts have in common: some days, for some channels. */
interface DayRule {
  days: number
  channels: Channel[]
  name?: Policy['limits'][number]['name']
}

export interface Row<T> {
  rule: T
  at: number
}

interface DayRulesProps<T> {
  rules: readonly T[]
  locked: boolean
  /** Of the days. */
  title: string
  /** Before the columns all have. */
  first: (set: (at: number, part: Partial<T>) => void) => Column<Row<T>>[]
  onChange: (rules: T[]) => void
  /** A rule to begin with, and what adding one is called. */
  fresh: T
  add: string
}

const MOST = 20

/** Rules that hold for so many days in some channels, one a row, each with a name of its own or told in words. */
export function DayRules<T extends DayRule>({ rules, locked, title, first, onChange, fresh, add }: DayRulesProps<T>) {
  const { t } = useText()
  const set = (at: number, part: Partial<DayRule> | null) => onChange(withAt<T>(rules, at, part as Partial<T> | null))
  const columns: Column<Row<T>>[] = [
    ...first(set),
    {
      id: 'days',
      title,
      cell: ({ rule, at }) => (
        <Whole
          value={rule.days}
          min={1}
          label={title}
          suffix={t('rule.days')}
          locked={locked}
          onChange={days => set(at, { days })}
        />
      ),
    },
    {
      id: 'channels',
      title: t('rule.channels'),
      cell: ({ rule, at }) => (
        <Channels value={rule.channels} locked={locked} onChange={channels => set(at, { channels })} />
      ),
    },
    {
      id: 'name',
      title: t('rule.name'),
      cell: ({ rule, at }) => <NameOf value={rule.name} locked={locked} onChange={name => set(at, { name })} />,
    },
    {
      id: 'remove',
      title: '',
      right: true,
      cell: ({ at }) => <Remove label={t('rule.remove')} locked={locked} onClick={() => set(at, null)} />,
    },
  ]
  return (
    <>
      <DataTable
        columns={columns}
        rows={rules.map((rule, at) => ({ rule, at }))}
        rowId={row => row.at}
        empty={<Blank title={t('rule.none')} />}
      />
      <div className="panel-body no-print">
        <Button
          icon={<PlusOutlined />}
          disabled={locked || rules.length >= MOST}
          onClick={() => onChange([...rules, fresh])}
        >
          {add}
        </Button>
      </div>
    </>
  )
}
