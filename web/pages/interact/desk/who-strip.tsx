import { Link } from 'react-router'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Chip } from '../../../kit/index.ts'
import { Matters, Standing } from './standing.tsx'
import type { Picture } from './types.ts'

/** Who this is, what to make sure of, what they allowed, and what they are worth, in one line of sight. */
export function WhoStrip({ picture }: { picture: Picture }) {
  const { t, say, term, day, percent } = useText()
  const { who, standing, complaint, alarms, matters } = picture
  return (
    <section className="who-strip" aria-label={t('desk.who')}>
      <div>
        <div className="label">{t('desk.who')}</div>
        <div className="strong">
          <Link to={`/customers/${picture.customerId}`}>{who.name || t('customer.nameless')}</Link>{' '}
          {who.kind === 'organisation' && who.contactPerson ? <span className="soft">{who.contactPerson}</span> : null}
        </div>
        <div className="small soft">
          {[
            who.birthDate && t('desk.born', { day: day(who.birthDate) }),
            who.accounts.length > 0 && t('desk.accounts', { numbers: who.accounts.slice(0, 3).join(', ') }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
        <div className="small soft">{[who.address, who.email].filter(Boolean).join(' · ')}</div>
      </div>
      <div>
        <div className="label">{t('desk.verify')}</div>
        {who.verify.length === 0 ? <span className="small muted">{t('desk.nothing-to-verify')}</span> : null}
        <div className="chips">
          {who.verify.map(({ field, name, holds }) => (
            <Chip key={field} tone={holds === null ? 'outline' : 'warn'}>
              {say(name)}: {holds === null ? t('desk.missing') : t('desk.doubtful', { share: percent(holds, 0) })}
            </Chip>
          ))}
        </div>
        <div className="label">{t('desk.consent')}</div>
        <div className="chips">
          {who.consents.length === 0 ? <span className="small muted">{t('desk.never-asked')}</span> : null}
          {who.consents.map(({ channel, granted }) => (
            <Chip key={channel} tone={granted ? 'good' : 'bad'}>
              {term('channel', channel)} {granted ? '✓' : '✗'}
            </Chip>
          ))}
        </div>
      </div>
      <div>
        <div className="label">{t('desk.standing')}</div>
        <Standing standing={standing} />
        <div className="chips">
          {alarms.map(({ name, since }) => (
            <Chip key={name.en} tone="warn">
              {say(name)} ({t('desk.since', { day: day(since) })})
            </Chip>
          ))}
          <Matters matters={matters} />
        </div>
      </div>
      {complaint?.open ? (
        <div className="whole">
          <Callout tone="bad" title={t('desk.complaint-open', { day: day(complaint.at) })}>
            {t('desk.complaint-first')}
          </Callout>
        </div>
      ) : null}
    </section>
  )
}
