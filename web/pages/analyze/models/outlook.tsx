import { useMemo } from 'react'
import type { CustomerOutlook } from '../../../api/models.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Chip, type Column, DataTable, Panel, toneOf } from '../../../kit/index.ts'
import { type ChartLine, LineChart } from './line-chart.tsx'

type Channel = CustomerOutlook['channels'][number]

/** When this customer may leave, and by which channel they answer. */
export function CustomerOutlookView({ id }: { id: number }) {
  const { t, say, percent } = useText()
  const outlook = useGet<CustomerOutlook>(`/customers/${id}/outlook`)
  return (
    <div className="columns">
      <Panel title={t('outlook.when')} note={outlook.data ? say(outlook.data.definition) : null}>
        <Async query={outlook}>{data => <When outlook={data} />}</Async>
      </Panel>
      <Panel title={t('outlook.channel')} note={t('outlook.channel-note')}>
        <Async query={outlook}>
          {data => (
            <div className="stack">
              <Channels channels={data.channels} />
              {data.uplift ? (
                <p className="soft">
                  {t('outlook.uplift', { value: percent(data.uplift.value), average: percent(data.uplift.average) })}
                </p>
              ) : null}
            </div>
          )}
        </Async>
      </Panel>
    </div>
  )
}

function When({ outlook: { leavingBy, monthsSeen, churn } }: { outlook: CustomerOutlook }) {
  const { t, term, number, percent } = useText()
  const labels = useMemo(() => Array.from({ length: 12 }, (_, k) => number(k + 1)), [number])
  const lines = useMemo((): ChartLine[] => [{ name: t('outlook.left-by'), values: leavingBy ?? [] }], [leavingBy, t])
  const write = useMemo(() => (value: number) => percent(value, 0), [percent])
  if (!leavingBy) return <Blank title={t('outlook.no-when')} />
  return (
    <div className="stack">
      <LineChart labels={labels} lines={lines} label={t('outlook.when')} write={write} height={200} />
      <p className="small soft row">
        {monthsSeen !== null && monthsSeen < 12 ? t('outlook.months-seen', { months: number(monthsSeen) }) : null}
        {churn?.verdict ? (
          <Chip tone={toneOf(churn.verdict.verdict)}>{term('verdict', churn.verdict.verdict)}</Chip>
        ) : null}
      </p>
    </div>
  )
}

function Channels({ channels }: { channels: Channel[] }) {
  const { t, term, number, percent } = useText()
  const columns: Column<Channel>[] = [
    {
      id: 'channel',
      title: t('outlook.by'),
      cell: row => (
        <span className="row">
          {term('channel', row.channel)}
          {row.best ? <Chip tone="accent">{t('outlook.preferred')}</Chip> : null}
        </span>
      ),
    },
    {
      id: 'answers',
      title: t('outlook.answers'),
      right: true,
      cell: row => `${number(row.responses)} / ${number(row.contacts)}`,
    },
    {
      id: 'rate',
      title: t('outlook.rate'),
      right: true,
      cell: row => (
        <span title={row.basis === 'own' ? `${percent(row.low)} – ${percent(row.high)}` : t('outlook.of-segment')}>
          {percent(row.rate)}
        </span>
      ),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={channels}
      rowId={row => row.channel}
      empty={<Blank title={t('outlook.no-channel')} />}
    />
  )
}
