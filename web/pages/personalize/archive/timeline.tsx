import { Link } from 'react-router'
import type { Timeline as TimelineAnswer, TimelineEntry } from '../../../api/ledger.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank } from '../../../kit/index.ts'

const BAD = new Set(['failed', 'bounce', 'complaint', 'refused', 'undelivered', 'damaged', 'missing', 'uncertain'])
const GOOD = new Set([
  'settled',
  'delivered',
  'opened',
  'clicked',
  'replied',
  'accepted',
  'ordered',
  'read-in-portal',
  'inserted',
])

/** What happened with one communication, in its order. */
export function Timeline({ id }: { id: string }) {
  const { t } = useText()
  const query = useGet<TimelineAnswer>(`/communications/${id}/timeline`)
  return (
    <section>
      <h3>{t('ledger.timeline')}</h3>
      <Async query={query} lines={4}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Blank title={t('ledger.timeline-none')} />
          ) : (
            <ol className="story">
              {rows.map(entry => (
                <Entry key={`${entry.at} ${entry.what} ${entry.detail} ${entry.by}`} entry={entry} />
              ))}
            </ol>
          )
        }
      </Async>
    </section>
  )
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t, term, say, instant, bytes } = useText()
  const { what, at, channel, reason, detail, by, communicationId } = entry
  const tone = BAD.has(what) ? 'bad' : GOOD.has(what) ? 'good' : ''
  const printed = ['printed', 'reprinted', 'inserted', 'damaged', 'missing'].includes(what)
  const said =
    what === 'kept'
      ? t('ledger.bytes', { size: bytes(Number(detail)) })
      : printed
        ? t('ledger.print-run', { detail })
        : detail
  return (
    <li className={tone}>
      <time className="small muted" dateTime={at}>
        {instant(at)}
      </time>
      <div>
        <span className="strong">{term('timeline', what)}</span>
        {channel ? <span className="soft"> · {term('channel', channel)}</span> : null}
        {by ? <span className="soft"> · {by}</span> : null}
        {reason ? <div className="soft">{say(reason)}</div> : null}
        {said ? <div className="small muted break">{said}</div> : null}
        {communicationId ? <Link to={`/communications/${communicationId}`}>{t('ledger.page')}</Link> : null}
      </div>
    </li>
  )
}
