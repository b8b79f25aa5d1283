import { Link } from 'react-router'
import { useText } from '../../../i18n/use-text.ts'
import { ShowDocument } from '../../personalize/show-document.tsx'
import type { ThreadDetail } from './types.ts'

/** What the customer answers, and the thing itself as they have it before them. */
export function About({ about }: { about: NonNullable<ThreadDetail['about']> }) {
  const { t, say, term, instant } = useText()
  return (
    <div className="stack tight">
      <span className="soft">
        {t('ib.about')}{' '}
        <Link to={`/communications/${about.communicationId}`}>
          {say(about.offerName) || term('comm-kind', about.kind)}
        </Link>{' '}
        · {instant(about.sentAt)}
      </span>
      <ShowDocument id={about.communicationId} />
    </div>
  )
}
