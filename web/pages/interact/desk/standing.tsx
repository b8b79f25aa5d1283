import { Link } from 'react-router'
import { useText } from '../../../i18n/use-text.ts'
import { Chip } from '../../../kit/index.ts'
import type { Picture } from './types.ts'

/** Segment, value and risk, in words. */
export function Standing({ standing }: { standing: Picture['standing'] }) {
  const { t, say } = useText()
  if (!standing) return <span className="small muted">{t('desk.no-standing')}</span>
  return (
    <>
      <div>
        <span className="strong">{standing.segment ? say(standing.segment.name) : '–'}</span>{' '}
        <span className="small soft">{standing.segment ? say(standing.segment.strategy) : ''}</span>
      </div>
      <div className="small">
        {t('desk.worth', { words: say(standing.value) })}
        {' · '}
        <span className={standing.level === 'low' ? undefined : standing.level === 'high' ? 'bad' : 'warn'}>
          {say(standing.risk)}
        </span>
        {standing.because.length > 0 ? <span className="muted"> ({standing.because.map(say).join(', ')})</span> : null}
      </div>
    </>
  )
}

/** Cases, threads and disputes that are not settled: each leads to its page. */
export function Matters({ matters }: { matters: Picture['matters'] }) {
  const { say } = useText()
  return matters.map(({ path, title, note }) => (
    <Link key={path} to={path} title={note}>
      <Chip tone="warn">{say(title)}</Chip>
    </Link>
  ))
}
