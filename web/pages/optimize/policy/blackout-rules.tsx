import { PlusOutlined } from '@ant-design/icons'
import type { Policy } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Button, type Column, DataTable, Select } from '../../../kit/index.ts'
import { Channels, NameOf, Remove, type RulesProps, Whole, withAt } from './rule-parts.tsx'

type Blackout = Policy['blackouts'][number]
const usual = ['complaint', 'bounce', 'purchase', 'contact']

/** Channels closed for days after something happened. */
export function BlackoutRules({ policy, change, locked, events }: RulesProps & { events: readonly string[] }) {
  const { t, term } = useText()
  const { blackouts } = policy
  const set = (at: number, part: Partial<Blackout> | null) => change({ blackouts: withAt(blackouts, at, part) })
  const names = [...new Set([...usual, ...events, ...blackouts.map(b => b.after)])]
  const columns: Column<{ rule: Blackout; at: number }>[] = [
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
    {
      id: 'days',
      title: t('rule.for'),
      cell: ({ rule, at }) => (
        <Whole
          value={rule.days}
          min={1}
          label={t('rule.for')}
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
        rows={blackouts.map((rule, at) => ({ rule, at }))}
        rowId={row => row.at}
        empty={<Blank title={t('rule.none')} />}
      />
      <div className="panel-body no-print">
        <Button
          icon={<PlusOutlined />}
          disabled={locked || blackouts.length >= 20}
          onClick={() =>
            change({
              blackouts: [...blackouts, { after: 'complaint', days: 30, channels: ['letter', 'email', 'sms', 'call'] }],
            })
          }
        >
          {t('rule.add-blackout')}
        </Button>
      </div>
    </>
  )
}
