import { Link, useParams } from 'react-router'
import type { LetterDetail } from '../../../api/letters.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Callout, Chip, Page } from '../../../kit/index.ts'
import { LetterDesk } from './letter-desk.tsx'
import { LetterReview } from './letter-review.tsx'
import { letterTone } from './letter-tone.ts'

/** Its author writes it; everybody else, and its author once it is submitted, reads what is approved. */
export default function LetterPage() {
  const { id = '' } = useParams()
  const { t, say, term } = useText()
  const query = useGet<LetterDetail>(`/letters/${id}`)
  const detail = query.data
  const remark =
    detail?.letter.state === 'returned' ? detail.steps.findLast(step => step.what === 'returned')?.notes : ''
  return (
    <Page
      title={detail ? `${t('letters.letter', { id })} · ${say(detail.letter.title)}` : t('letters.letter', { id })}
      crumb={<Link to="/letters">{t('letters.title')}</Link>}
      lead={
        detail ? (
          <>
            <Link to={`/customers/${detail.letter.customerId}`}>
              {detail.letter.customer || detail.letter.customerId}
            </Link>{' '}
            · {term('language', detail.letter.language)} · {detail.letter.author}{' '}
            <Chip tone={letterTone[detail.letter.state]}>{term('letter-state', detail.letter.state)}</Chip>
          </>
        ) : null
      }
    >
      <Async query={query} lines={12}>
        {data => (
          <div className="stack">
            {remark ? <Callout tone="warn">{t('letters.returned-with', { remark })}</Callout> : null}
            {data.letter.outdated && ['draft', 'returned'].includes(data.letter.state) ? (
              <Callout>{t('letters.outdated', { version: data.letter.templateVersion })}</Callout>
            ) : null}
            {data.letter.mine && ['draft', 'returned'].includes(data.letter.state) ? (
              <LetterDesk key={data.letter.id} detail={data} />
            ) : (
              <LetterReview detail={data} />
            )}
          </div>
        )}
      </Async>
    </Page>
  )
}
