import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import type { Communication } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Chip, Panel, toneOf, useHotkeys } from '../../../kit/index.ts'
import { ChannelIcon } from '../../personalize/channel-icon.tsx'
import { CommunicationViewer } from '../../personalize/communication-viewer.tsx'
import type { Picture } from './types.ts'

/** Beside the talk: why they may be calling, and every communication exactly as they have it before them. */
export function Beside({ picture, inbound }: { picture: Picture; inbound: boolean }) {
  const { t, say, term, day } = useText()
  const { reasons, communications } = picture
  const rows = communications.rows
  const likely = reasons.find(reason => rows.some(row => row.communicationId === reason.communicationId))
  const readable = rows.find(row => row.kind !== 'script')
  const [chosen, setChosen] = useState(likely?.communicationId ?? readable?.communicationId ?? '')
  const at = rows.findIndex(row => row.communicationId === chosen)
  const move = (by: number) => () => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))]
    if (next) setChosen(next.communicationId)
  }
  useHotkeys({ j: move(1), k: move(-1) })
  return (
    <div className="stack">
      <Panel title={t(inbound ? 'desk.why' : 'desk.why-ask')} note={t('desk.why-note')}>
        {reasons.length === 0 ? <span className="muted">{t('desk.no-reason')}</span> : null}
        <ol className="reasons">
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
      </Panel>
      <Panel title={t('desk.papers')} note={t('desk.papers-note', { count: communications.total })} flush>
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
                <span className="small muted">{day(row.composedAt)}</span>
                <Chip tone={toneOf(row.state)}>{term('state', row.state)}</Chip>
              </button>
            </li>
          ))}
        </ul>
      </Panel>
      {chosen ? <Paper key={chosen} id={chosen} /> : null}
    </div>
  )
}

function Paper({ id }: { id: string }) {
  const communication = useGet<Communication>(`/communications/${id}`)
  return (
    <Async query={communication} lines={10}>
      {data => <CommunicationViewer communication={data} />}
    </Async>
  )
}
