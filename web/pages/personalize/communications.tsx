import { useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../api/queries.ts'
import type { Communication, CommunicationList, DeliveryList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Chip,
  type Column,
  DataTable,
  Drawer,
  Page,
  Pager,
  Panel,
  Select,
  toneOf,
  useUrlState,
} from '../../kit/index.ts'
import { ChannelIcon } from './channel-icon.tsx'
import { CommunicationViewer } from './communication-viewer.tsx'
import { latestDelivery } from './latest-delivery.ts'

const LIMIT = 50
const kinds = ['bill', 'notice', 'letter', 'email', 'sms', 'script'] as const

/** The ledger of the newest turn. */
export default function CommunicationsPage() {
  const { t, term, day, number } = useText()
  const [state, setState] = useUrlState('state')
  const [kind, setKind] = useUrlState('kind')
  const [offset, setOffset] = useState(0)
  const [open, setOpen] = useState<Communication | null>(null)
  const list = useGet<CommunicationList>('/communications', {
    query: { state, kind, offset, limit: LIMIT },
    keep: true,
  })
  const columns: Column<Communication>[] = [
    {
      id: 'kind',
      title: t('comm.kind'),
      cell: row => (
        <span className="row tight nowrap-row">
          <ChannelIcon channel={row.channel} /> {term('comm-kind', row.kind)}
        </span>
      ),
    },
    { id: 'subject', title: t('comm.subject'), cell: row => row.subject || <span className="muted">–</span> },
    {
      id: 'customer',
      title: t('quality.customer'),
      cell: row => (
        <Link to={`/customers/${row.customerId}?tab=communications&c=${row.communicationId}`}>{row.customerId}</Link>
      ),
    },
    {
      id: 'language',
      title: t('field.language'),
      cell: row => <span className="soft">{term('language', row.language)}</span>,
    },
    {
      id: 'state',
      title: t('campaign.state'),
      cell: row => <Chip tone={toneOf(row.state)}>{term('state', row.state)}</Chip>,
    },
    { id: 'at', title: t('comm.composed-at'), right: true, cell: row => day(row.composedAt) },
  ]
  const choose = (set: (value: string) => void) => (value: string) => {
    setOffset(0)
    set(value)
  }
  return (
    <Page title={t('comm.title')} lead={t('comm.lead')}>
      <div className="toolbar">
        <Select
          value={kind}
          onChange={choose(setKind)}
          aria-label={t('comm.kind')}
          style={{ minWidth: 150 }}
          options={[
            { value: '', label: t('comm.all-kinds') },
            ...kinds.map(value => ({ value, label: term('comm-kind', value) })),
          ]}
        />
        <Select
          value={state}
          onChange={choose(setState)}
          aria-label={t('campaign.state')}
          style={{ minWidth: 150 }}
          options={[
            { value: '', label: t('comm.all-states') },
            ...['composed', 'held'].map(value => ({ value, label: term('state', value) })),
          ]}
        />
        {list.data ? (
          <span className="count">{t('comm.count', { count: list.data.total, shown: number(list.data.total) })}</span>
        ) : null}
      </div>
      <Panel flush>
        <Async query={list} lines={10}>
          {data => (
            <>
              <DataTable
                columns={columns}
                rows={data.rows}
                rowId={row => row.communicationId}
                onOpen={setOpen}
                empty={<Blank title={t('comm.none')}>{t('comm.none-turn')}</Blank>}
              />
              <Pager offset={offset} limit={LIMIT} total={data.total} onMove={setOffset} />
            </>
          )}
        </Async>
      </Panel>
      {open ? (
        <Drawer open onClose={() => setOpen(null)} size={860} title={term('comm-kind', open.kind)}>
          <OneCommunication communication={open} />
        </Drawer>
      ) : null}
    </Page>
  )
}

function OneCommunication({ communication }: { communication: Communication }) {
  const deliveries = useGet<DeliveryList>(`/customers/${communication.customerId}/deliveries`)
  return (
    <CommunicationViewer
      communication={communication}
      delivery={latestDelivery(deliveries.data?.rows ?? [], communication.communicationId)}
    />
  )
}
