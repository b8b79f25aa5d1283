import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Chip, toneOf } from '../../../kit/index.ts'
import { ChannelIcon } from '../../personalize/channel-icon.tsx'
import { Matters, Standing } from '../desk/standing.tsx'
import type { ThreadCustomer } from './types.ts'

/** Who writes: what they are worth and whether they may leave, in words; what is open with them, what they last had from us. */
export function CustomerBeside({ threadId, customerId }: { threadId: number; customerId: number }) {
  const { t, term, day } = useText()
  // The answer may wait for it, reading the thread never does: who was erased meanwhile has nothing to show.
  const { data } = useGet<ThreadCustomer>(`/inbox/threads/${threadId}/customer`)
  if (!data) return null
  const { standing, mayStanding, complaint, matters, communications } = data
  return (
    <section className="who-strip beside-thread" aria-label={t('ib.customer')}>
      {mayStanding ? (
        <div>
          <div className="label">{t('desk.standing')}</div>
          <Standing standing={standing} />
        </div>
      ) : null}
      <div>
        <div className="label">{t('ib.open-matters')}</div>
        {matters.length === 0 ? <span className="small muted">{t('ib.no-matters')}</span> : null}
        <div className="chips">
          <Matters matters={matters} />
        </div>
      </div>
      {complaint?.open ? (
        <div className="whole">
          <Callout tone="bad" title={t('desk.complaint-open', { day: day(complaint.at) })} />
        </div>
      ) : null}
      <details className="whole">
        <summary className="small soft">
          {t(communications.rows.length === 0 ? 'comm.none' : 'ib.last-papers', { count: communications.rows.length })}
        </summary>
        <ul className="papers">
          {communications.rows.map(row => (
            <li key={row.communicationId} className="row">
              <ChannelIcon channel={row.channel} />
              <Link to={`/communications/${row.communicationId}`} className="grow line">
                {term('comm-kind', row.kind)} <span className="small soft">{row.subject}</span>
              </Link>
              <span className="small muted nowrap">{day(row.composedAt)}</span>
              <Chip tone={toneOf(row.state)}>{term('state', row.state)}</Chip>
            </li>
          ))}
        </ul>
        <Link className="small" to={`/customers/${customerId}`}>
          {t('ib.whole-customer')}
        </Link>
      </details>
    </section>
  )
}
