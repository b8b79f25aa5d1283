import { useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Chip, Drawer, Pager } from '../../../kit/index.ts'
import { Course } from './course.tsx'
import type { ThemeRow, Themes, VoiceList } from './types.ts'

const LIMIT = 10

interface BehindProps {
  row: ThemeRow
  by: string
  buckets: Themes['buckets']
  onClose: () => void
}

/** One theme over time, and the cases and letters behind it. */
export function Behind({ row, by, buckets, onClose }: BehindProps) {
  const { t, say, instant } = useText()
  const [offset, setOffset] = useState(0)
  const { dimension, key } = row
  const query = useGet<VoiceList>('/themes/voices', { query: { by, dimension, key, offset, limit: LIMIT }, keep: true })
  const name = say(row.name)
  return (
    <Drawer open title={name} size={640} onClose={onClose}>
      <div className="stack">
        <Course row={row} buckets={buckets} name={name} />
        <h2 className="panel-title">{t('thm.behind')}</h2>
        <Async query={query} lines={6}>
          {({ rows, total }) => (
            <>
              {rows.length === 0 ? <Blank title={t('thm.nothing')} /> : null}
              <ul className="voices">
                {rows.map(voice => (
                  <li key={voice.id}>
                    <div className="row">
                      <Chip tone="outline">{t(`thm.kind.${voice.kind}`)}</Chip>
                      <span className="small muted">
                        {instant(voice.at)} · {say(voice.channel)}
                      </span>
                      {voice.path ? <Link to={voice.path}>{t('thm.open')}</Link> : null}
                    </div>
                    <p className="verse">{voice.words || <span className="soft">{t('thm.no-words')}</span>}</p>
                  </li>
                ))}
              </ul>
              <Pager offset={offset} limit={LIMIT} total={total} onMove={setOffset} />
            </>
          )}
        </Async>
      </div>
    </Drawer>
  )
}
