import type { DraftDetail } from '../../../api/content.ts'
import { useGet } from '../../../api/queries.ts'
import { useSession } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout } from '../../../kit/index.ts'
import type { SaveState } from './use-source.ts'

interface ColleagueProps {
  draft: number
  /** As this page last saved or loaded it. */
  revision: number
  state: SaveState
  /** When this page loaded the draft: who saved it, and when. */
  opened: { madeBy: string; changedAt: string }
  onReload: () => void
  onOverwrite: (revision: number) => void
}

const LOOK_EVERY_MS = 15_000
const LATELY_MS = 10 * 60_000

/** Two at one draft: the second is told who else is at it, and nobody writes over the other unseen. */
export function Colleague({ draft, revision, state, opened, onReload, onOverwrite }: ColleagueProps) {
  const { t, instant } = useText()
  const { data: me } = useSession()
  const now = useGet<DraftDetail>(`/content/drafts/${draft}`, { every: () => LOOK_EVERY_MS })
  const theirs = now.data && now.data.revision > revision && now.data.madeBy !== me?.name ? now.data : null
  if (theirs || state === 'conflict') {
    const newest = theirs ?? now.data
    return (
      <Callout
        tone="bad"
        title={t('editor.colleague-saved', { who: newest?.madeBy ?? '' })}
        extra={
          <div className="row">
            <Button onClick={onReload}>{t('editor.take-theirs')}</Button>
            <Button danger disabled={!newest} onClick={() => newest && onOverwrite(newest.revision)}>
              {t('editor.keep-mine')}
            </Button>
          </div>
        }
      >
        {t('editor.colleague-saved-hint')}
      </Callout>
    )
  }
  const lately = Date.now() - Date.parse(opened.changedAt) < LATELY_MS
  if (lately && opened.madeBy !== '' && me && opened.madeBy !== me.name)
    return (
      <Callout tone="warn" title={t('editor.colleague-here', { who: opened.madeBy })}>
        {t('editor.colleague-here-hint', { when: instant(opened.changedAt) })}
      </Callout>
    )
  return null
}
