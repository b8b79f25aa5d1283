import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Chip, type Column, DataTable, type FigureItem, Figures, Panel } from '../../../kit/index.ts'
import { useShareColumns } from './share-columns.tsx'
import type { Live, LiveAgent, Queue, Share } from './types.ts'

const tone = { calling: 'accent', ready: 'good', break: 'warn', away: 'plain' } as const

/** Agents, queues and promised callbacks, as of a few seconds ago. */
export function LiveTab() {
  const query = useGet<Live>('/team/live', { every: () => 5000 })
  return (
    <Async query={query} lines={10}>
      {live => (
        <div className="stack">
          <Today live={live} />
          <Agents rows={live.agents} />
          <Queues rows={live.queues} />
          <Callbacks {...live.callbacks} />
        </div>
      )}
    </Async>
  )
}

function Today({ live: { all, capacity } }: { live: Live }) {
  const { t, number, percent } = useText()
  const share = (id: 'contact' | 'completion' | 'conversion', { share, low, high }: Share): FigureItem => ({
    id,
    label: t(`tl.${id}`),
    value: share === null ? '–' : percent(share),
    note: share === null ? '' : t('tl.range', { low: percent(low), high: percent(high) }),
  })
  return (
    <Figures
      items={[
        { id: 'calls', label: t('tl.calls-today'), value: number(all.calls) },
        { id: 'per-hour', label: t('tl.per-hour'), value: all.perHour === null ? '–' : number(all.perHour, 1) },
        share('contact', all.contact),
        share('completion', all.completion),
        share('conversion', all.conversion),
        { id: 'fields', label: t('tl.fields-won'), value: number(all.fields) },
        {
          id: 'capacity',
          label: t('tl.capacity'),
          value: capacity.days > 0 ? t('tl.per-day', { calls: number(capacity.callsPerDay) }) : '–',
          note: capacity.settled
            ? t('tl.capacity-note', {
                agents: number(capacity.agents, 1),
                hours: number(capacity.hoursPerDay, 1),
                calls: number(capacity.callsPerHour, 1),
                days: capacity.days,
              })
            : t('tl.capacity-early', { days: capacity.days }),
        },
      ]}
    />
  )
}

function Agents({ rows }: { rows: LiveAgent[] }) {
  const { t, say, instant } = useText()
  const shares = useShareColumns<LiveAgent>(row => row.today)
  const columns: Column<LiveAgent>[] = [
    { id: 'name', title: t('tl.agent'), by: row => row.name, cell: row => <span className="strong">{row.name}</span> },
    {
      id: 'state',
      title: t('tl.state'),
      by: row => row.state,
      cell: row => (
        <>
          <Chip tone={tone[row.state]}>{t(`tl.state.${row.state}`)}</Chip>{' '}
          {row.task ? <span className="muted">{say(row.task.list)}</span> : null}
        </>
      ),
    },
    { id: 'since', title: t('tl.since'), cell: row => (row.since ? instant(row.since) : '–') },
    ...shares,
  ]
  return (
    <Panel title={t('tl.agents')} flush>
      <DataTable
        caption={t('tl.agents')}
        rows={rows}
        columns={columns}
        rowId={row => row.userId}
        empty={<Blank title={t('tl.no-agents')}>{t('tl.no-agents-hint')}</Blank>}
      />
    </Panel>
  )
}

function Queues({ rows }: { rows: Queue[] }) {
  const { t, say, number, instant } = useText()
  const may = useMay()
  const columns: Column<Queue>[] = [
    {
      id: 'name',
      title: t('tl.list'),
      cell: row => (
        <>
          <span className="strong">{say(row.name)}</span>{' '}
          {row.paused ? <Chip tone="warn">{t('tl.paused')}</Chip> : null}
        </>
      ),
    },
    { id: 'open', title: t('tl.open'), right: true, by: row => row.open, cell: row => number(row.open) },
    { id: 'due', title: t('tl.due'), right: true, by: row => row.due, cell: row => number(row.due) },
    { id: 'held', title: t('tl.held'), right: true, by: row => row.held, cell: row => number(row.held) },
    {
      id: 'attempts',
      title: t('tl.attempts'),
      right: true,
      cell: row => (row.attempts === null ? '–' : number(row.attempts, 1)),
    },
    { id: 'oldest', title: t('tl.oldest'), right: true, cell: row => (row.oldest ? instant(row.oldest) : '–') },
  ]
  return (
    <Panel
      title={t('tl.queues')}
      flush
      extra={may('tasks.manage') ? <Link to="/call-lists">{t('tl.manage-lists')}</Link> : null}
    >
      <DataTable
        caption={t('tl.queues')}
        rows={rows}
        columns={columns}
        rowId={row => row.list}
        empty={<Blank title={t('tl.no-queues')} />}
      />
    </Panel>
  )
}

type Callback = Live['callbacks']['rows'][number]

function Callbacks({ late, rows }: Live['callbacks']) {
  const { t, say, instant } = useText()
  const columns: Column<Callback>[] = [
    { id: 'due', title: t('tl.due-at'), cell: row => instant(row.dueAt) },
    { id: 'list', title: t('tl.list'), cell: row => say(row.list) },
    { id: 'agent', title: t('tl.promised-by'), cell: row => row.agent || '–' },
  ]
  return (
    <Panel
      title={t('tl.callbacks')}
      note={late > 0 ? t('tl.callbacks-late', { count: late }) : t('tl.callbacks-fine')}
      flush
    >
      <DataTable
        caption={t('tl.callbacks')}
        rows={rows}
        columns={columns}
        rowId={row => row.taskId}
        empty={<Blank title={t('tl.no-callbacks')} />}
      />
    </Panel>
  )
}
