import { PlusOutlined } from '@ant-design/icons'
import type { Policy } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Button, type Column, DataTable, Select } from '../../../kit/index.ts'
import { Channels, NameOf, Remove, type RulesProps, Whole, withAt } from './rule-parts.tsx'

type Limit = Policy['limits'][number]

/** At most so many contacts within so many days, over all campaigns. */
export function LimitRules({ policy, change, locked }: RulesProps) {
  const { t, term } = useText()
  const { limits } = policy
  const set = (at: number, part: Partial<Limit> | null) => change({ limits: withAt(limits, at, part) })
  const columns: Column<{ limit: Limit; at: number }>[] = [
    {
      id: 'max',
      title: t('rule.at-most'),
      cell: ({ limit, at }) => (
        <Whole
          value={limit.max}
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
      cell: ({ limit, at }) => (
        <Select
          mode="multiple"
          className="kinds-select"
          value={[...(limit.kinds ?? ['offer'])]}
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
    {
      id: 'channels',
      title: t('rule.channels'),
      cell: ({ limit, at }) => (
        <Channels value={limit.channels} locked={locked} onChange={channels => set(at, { channels })} />
      ),
    },
    {
      id: 'days',
      title: t('rule.within'),
      cell: ({ limit, at }) => (
        <Whole
          value={limit.days}
          min={1}
          label={t('rule.within')}
          suffix={t('rule.days')}
          locked={locked}
          onChange={days => set(at, { days })}
        />
      ),
    },
    {
      id: 'name',
      title: t('rule.name'),
      cell: ({ limit, at }) => <NameOf value={limit.name} locked={locked} onChange={name => set(at, { name })} />,
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
        rows={limits.map((limit, at) => ({ limit, at }))}
        rowId={row => row.at}
        empty={<Blank title={t('rule.none')} />}
      />
      <div className="panel-body no-print">
        <Button
          icon={<PlusOutlined />}
          disabled={locked || limits.length >= 20}
          onClick={() => change({ limits: [...limits, { channels: ['email'], days: 30, max: 1 }] })}
        >
          {t('rule.add-limit')}
        </Button>
      </div>
    </>
  )
}
