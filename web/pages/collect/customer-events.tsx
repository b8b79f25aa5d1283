import { useGet } from '../../api/queries.ts'
import type { CustomerEvent, EventList } from '../../api/types.ts'
import { isMessage } from '../../i18n/i18n.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Chip, Panel } from '../../kit/index.ts'
import { type Detail, eventDetail } from './event-detail.ts'

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

/** What kind of code a part of a payload holds. */
const kinds: Record<string, string> = {
  fields: 'field',
  class: 'class',
  kind: 'comm-kind',
  outcome: 'outcome',
  'consent.email': 'consent',
  'consent.sms': 'consent',
  'consent.call': 'consent',
  'consent.letter': 'consent',
}

function EventRow({ event }: { event: CustomerEvent }) {
  const { term, instant, day } = useText()
  const midnight = /T00:00:00(\.0+)?Z$/.test(event.at)
  const details = eventDetail(event.payload)
  const worded = ({ key, value }: Detail): string =>
    key === 'asOf' ? day(value) : isMessage(`${kinds[key]}.${value}`) ? term(kinds[key] ?? '', value) : value
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
            {term('field', detail.key)}: {worded(detail)}
          </div>
        ))}
      </div>
    </li>
  )
}
