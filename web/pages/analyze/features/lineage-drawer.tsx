import { useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Chip, type Column, DataTable, Drawer, Pager, Panel } from '../../../kit/index.ts'
import type { Lineage, LineageRow } from './types.ts'

interface LineageProps {
  customerId: number
  feature: string
  onClose: () => void
}

const LIMIT = 25

/** From one number of one customer back to the rows it was counted from, and the files they stood in. */
export function LineageDrawer({ customerId, feature, onClose }: LineageProps) {
  const { t, say } = useText()
  const [path, setPath] = useState([feature])
  const [offset, setOffset] = useState(0)
  const at = path.at(-1)!
  const lineage = useGet<Lineage>(`/lineage/customers/${customerId}/${at}`, {
    query: { offset, limit: LIMIT },
    keep: true,
  })
  const go = (next: string[]): void => {
    setOffset(0)
    setPath(next)
  }
  return (
    <Drawer
      open
      onClose={onClose}
      size={720}
      title={lineage.data ? t('lineage.open', { name: say(lineage.data.feature.name) }) : t('lineage.title')}
      extra={path.length > 1 ? <Button onClick={() => go(path.slice(0, -1))}>{t('lineage.back')}</Button> : null}
    >
      <Async query={lineage} lines={10}>
        {data => <View data={data} offset={offset} onMove={setOffset} onOpen={id => go([...path, id])} />}
      </Async>
    </Drawer>
  )
}

interface ViewProps {
  data: Lineage
  offset: number
  onMove: (offset: number) => void
  onOpen: (feature: string) => void
}

function View({ data, offset, onMove, onOpen }: ViewProps) {
  const { t, say, term, day, number } = useText()
  const { feature, value } = data
  return (
    <div className="stack">
      <div>
        <p className="soft">{say(feature.meaning)}</p>
        <p>
          {t('lineage.value', { day: day(data.asOf) })}:{' '}
          <span className="strong break">{value === '' ? '–' : value}</span>{' '}
          <span className="muted">{say(feature.unit)}</span> ·{' '}
          <Link to={`/customers/${data.customerId}`}>{t('customer.number', { id: data.customerId })}</Link>
        </p>
      </div>
      {data.model ? (
        <p className="soft">
          {t('lineage.model-note', {
            model: data.model.id,
            count: number(data.model.trainedOn),
            verdict: term('verdict', data.model.verdict),
          })}
        </p>
      ) : null}
      {data.inputs.length > 0 ? (
        <Panel title={t(data.from === 'model' ? 'lineage.model' : 'lineage.inputs')} flush>
          <DataTable
            columns={[
              { id: 'name', title: t('features.name'), cell: row => say(row.name) },
              {
                id: 'value',
                title: t('features.value'),
                right: true,
                cell: row => (
                  <span>
                    <span className="strong">{row.value === '' ? '–' : row.value}</span>{' '}
                    <span className="muted small">{say(row.unit)}</span>
                  </span>
                ),
              },
            ]}
            rows={data.inputs}
            rowId={row => row.id}
            onOpen={row => onOpen(row.id)}
          />
        </Panel>
      ) : null}
      {data.from === 'derived' || data.from === 'model' ? null : (
        <Panel
          title={t('lineage.rows', { count: data.total, shown: number(data.total) })}
          note={say(data.fromName)}
          flush
        >
          <Rows rows={data.rows} />
          <Pager offset={offset} limit={LIMIT} total={data.total} onMove={onMove} />
        </Panel>
      )}
      <Panel title={t('fcat.formula')}>
        <div className="stack tight">
          <code className="formula break">{data.formula}</code>
          {data.counts ? (
            <>
              <p className="small">{t('fcat.counts')}</p>
              <code className="formula break">{data.counts}</code>
            </>
          ) : null}
        </div>
      </Panel>
    </div>
  )
}

function Rows({ rows }: { rows: readonly LineageRow[] }) {
  const { t, say, term, day, instant, money, number } = useText()
  const columns: Column<LineageRow>[] = [
    {
      id: 'day',
      title: t('lineage.day'),
      cell: row =>
        row.kind === 'event' ? instant(row.at) : row.at ? day(row.at.slice(0, 10)) : <span className="muted">–</span>,
    },
    {
      id: 'what',
      title: t('lineage.what'),
      cell: row => {
        if (row.kind === 'purchase')
          return (
            <div>
              {say(row.productName)} <Chip>{row.category || '–'}</Chip>
              <div className="small muted">{t('lineage.line', { invoice: row.invoice, line: row.line })}</div>
            </div>
          )
        if (row.kind === 'event')
          return t('lineage.event', { type: term('event', row.type), channel: term('channel', row.channel) })
        if (row.kind === 'answer')
          return (
            <span>
              {term('attribute', row.name)}: <span className="strong break">{row.value}</span>
            </span>
          )
        return (
          <div>
            {term('field', row.field)}: <span className="strong">{row.value === '' ? '–' : row.value}</span>
            {row.beat > 0 ? <div className="small muted">{t('lineage.beat', { count: row.beat })}</div> : null}
          </div>
        )
      },
    },
    ...(rows.some(row => row.kind === 'purchase')
      ? [
          {
            id: 'pieces',
            title: t('lineage.pieces'),
            right: true,
            cell: (row: LineageRow) => (row.kind === 'purchase' ? number(row.quantity) : ''),
          },
          {
            id: 'amount',
            title: t('lineage.amount'),
            right: true,
            cell: (row: LineageRow) =>
              row.kind === 'purchase' ? money(row.amountMinor, 'GBP', { pennies: true }) : '',
          },
        ]
      : []),
    {
      id: 'file',
      title: t('lineage.file'),
      cell: row =>
        row.kind === 'event' ? (
          <span className="mono small break">{row.eventId}</span>
        ) : row.origin ? (
          <div className="small">
            {term('source', row.origin.source)}
            <div className="muted break">
              {row.origin.file.split('/').at(-1)}
              {row.origin.rowNo === null ? '' : `, ${t('lineage.row-no', { row: row.origin.rowNo })}`}
            </div>
          </div>
        ) : (
          <span className="muted">–</span>
        ),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={row => JSON.stringify(row)}
      empty={<Blank title={t('lineage.no-rows')} />}
    />
  )
}
