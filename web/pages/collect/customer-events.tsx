import { useGet } from '../../api/queries.ts'
import type { CustomerEvent, EventList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Chip, Panel } from '../../kit/index.ts'
import { eventDetail } from './event-detail.ts'

/** Everything that happened with the customer, newest first. */
export function CustomerEvents({ id }: { id: number }) {
  const { t } = useText()
  const events = useGet<EventList>(`/customers/${id}/events`)
  return (
    <Panel title={t('customer.events')} note={t('events.note')}>
      <Async query={events}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Blank title={t('events.none')}>{t('events.none-hint')}</Blank>
          ) : (
            <ol className="timeline">
              {rows
                .toSorted((a, b) => b.at.localeCompare(a.at))
                .map(event => (
                  <EventRow key={event.eventId} event={event} />
                ))}
            </ol>
          )
        }
      </Async>
    </Panel>
  )
}

function EventRow({ event }: { event: CustomerEvent }) {
  const { term, instant, day } = useText()
  const midnight = /T00:00:00(\.0+)?Z$/.test(event.at)
  const details = eventDetail(event.payload)
  return (
    <li>
      <span className="small muted when">{midnight ? day(event.at) : instant(event.at)}</span>
      <div className="grow">
        <div className="row">
          <span className="strong">{term('event', event.type)}</span>
          {event.channel ? <Chip>{term('channel', event.channel)}</Chip> : null}
        </div>
        {details.map(detail => (
          <div key={detail.key} className="small soft break">
            {term('field', detail.key)}: {term('answer-value', detail.value)}
          </div>
        ))}
      </div>
    </li>
  )
}
