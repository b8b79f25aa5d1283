import { useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Chip, Panel, toneOf, useHotkeys } from '../../../kit/index.ts'
import { ChannelIcon } from '../../personalize/channel-icon.tsx'
import { Document } from '../../personalize/document.tsx'
import type { Picture } from './types.ts'

/** Beside the talk: why they may be calling, and every communication exactly as they have it before them. */
export function Beside({ picture, inbound }: { picture: Picture; inbound: boolean }) {
  const { t, say, term, day } = useText()
  const { reasons, communications } = picture
  // A call script is ours: the customer never had it before them.
  const rows = communications.rows.filter(row => row.kind !== 'script')
  const more = communications.total - communications.rows.length
  const likely = reasons.find(reason => rows.some(row => row.communicationId === reason.communicationId))
  const [chosen, setChosen] = useState(likely?.communicationId ?? rows[0]?.communicationId ?? '')
  const at = rows.findIndex(row => row.communicationId === chosen)
  const move = (by: number) => () => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))]
    if (next) setChosen(next.communicationId)
  }
  useHotkeys({ j: move(1), k: move(-1) })
  return (
    <div className="stack beside">
      <Panel
        title={t('desk.papers')}
        note={
          more > 0 ? t('desk.papers-newest', { count: rows.length }) : t('desk.papers-note', { count: rows.length })
        }
        flush
      >
        <ol className="likely" aria-label={t(inbound ? 'desk.why' : 'desk.why-ask')}>
          <li className="soft">{t(inbound ? 'desk.why' : 'desk.why-ask')}</li>
          {reasons.length === 0 ? <li className="muted">{t('desk.no-reason')}</li> : null}
          {reasons.map(({ what, at: when, communicationId }) => (
            <li key={`${what.en} ${when}`}>
              {rows.some(row => row.communicationId === communicationId) ? (
                <button type="button" className="link" onClick={() => setChosen(communicationId)}>
                  {say(what)}
                </button>
              ) : (
                say(what)
              )}{' '}
              <span className="small muted">{day(when)}</span>
            </li>
          ))}
        </ol>
        {rows.length === 0 ? <Blank title={t('comm.none')} /> : null}
        <ul className="papers">
          {rows.map(row => (
            <li key={row.communicationId}>
              <button
                type="button"
                className={row.communicationId === chosen ? 'paper chosen' : 'paper'}
                aria-pressed={row.communicationId === chosen}
                onClick={() => setChosen(row.communicationId)}
              >
                <ChannelIcon channel={row.channel} />
                <span className="grow line">
                  <span className="strong">{term('comm-kind', row.kind)}</span>{' '}
                  <span className="small soft">{row.subject}</span>
                </span>
                <span className="small muted nowrap">{day(row.composedAt)}</span>
                <Chip tone={toneOf(row.state)}>{term('state', row.state)}</Chip>
              </button>
            </li>
          ))}
        </ul>
      </Panel>
      {chosen ? <Document key={chosen} id={chosen} /> : null}
    </div>
  )
}
