import { useGet } from '../../api/queries.ts'
import type { Communication, CommunicationList, DeliveryList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Chip, Panel, toneOf, useUrlState } from '../../kit/index.ts'
import { ChannelIcon } from './channel-icon.tsx'
import { CommunicationViewer } from './communication-viewer.tsx'
import { latestDelivery } from './latest-delivery.ts'

/** Everything we sent to one customer, each exactly as it went out. */
export function CustomerCommunications({ id }: { id: number }) {
  const { t } = useText()
  const list = useGet<CommunicationList>(`/customers/${id}/communications`)
  const deliveries = useGet<DeliveryList>(`/customers/${id}/deliveries`)
  const [chosen, setChosen] = useUrlState('c')
  return (
    <Async query={list} lines={8}>
      {({ rows }) => {
        if (rows.length === 0)
          return (
            <Panel>
              <Blank title={t('comm.none')}>{t('comm.none-hint')}</Blank>
            </Panel>
          )
        const open = rows.find(row => row.communicationId === chosen) ?? rows[0]
        return (
          <div className="comms">
            <ul className="comm-list">
              {rows.map(row => (
                <li key={row.communicationId}>
                  <CommunicationDoor
                    row={row}
                    delivery={latestDelivery(deliveries.data?.rows ?? [], row.communicationId)?.state}
                    chosen={row === open}
                    onChoose={() => setChosen(row.communicationId)}
                  />
                </li>
              ))}
            </ul>
            {open ? (
              <CommunicationViewer
                key={open.communicationId}
                communication={open}
                delivery={latestDelivery(deliveries.data?.rows ?? [], open.communicationId)}
              />
            ) : null}
          </div>
        )
      }}
    </Async>
  )
}

interface DoorProps {
  row: Communication
  delivery: string | undefined
  chosen: boolean
  onChoose: () => void
}

function CommunicationDoor({ row, delivery, chosen, onChoose }: DoorProps) {
  const { term, day } = useText()
  const state = row.state === 'held' ? 'held' : (delivery ?? row.state)
  return (
    <button
      type="button"
      className={chosen ? 'comm-door chosen' : 'comm-door'}
      aria-pressed={chosen}
      onClick={onChoose}
    >
      <ChannelIcon channel={row.channel} />
      <span className="grow">
        <span className="strong">{term('comm-kind', row.kind)}</span>
        <span className="small soft line">{row.subject || row.offer}</span>
        <span className="small muted">{day(row.composedAt)}</span>
      </span>
      <Chip tone={toneOf(state)}>{term('state', state)}</Chip>
    </button>
  )
}
