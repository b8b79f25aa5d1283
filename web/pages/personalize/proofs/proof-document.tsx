import { useState } from 'react'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Panel, Segmented, useHotkeys, useUrlState } from '../../../kit/index.ts'
import { nameOf, whyInWords } from './proof-names.ts'
import { ProofPicture } from './proof-picture.tsx'
import { ProofWords } from './proof-words.tsx'
import { RemoveMember } from './remove-member.tsx'
import { ResultChip } from './result-chip.tsx'
import type { ProofMember, ProofResult, ProofRun } from './types.ts'

const VIEWS = ['side', 'slide', 'blink', 'words'] as const
export type ProofViewName = (typeof VIEWS)[number]

interface Props {
  templateId: string
  run: ProofRun
  result: ProofResult
  member: ProofMember | undefined
  busy: boolean
  onMark: ((intended: boolean) => void) | undefined
}

/** One document before and now. */
export function ProofDocument({ templateId, run, result, member, busy, onMark }: Props) {
  const speech = useText()
  const { t } = speech
  const may = useMay()
  const [named, setView] = useUrlState('as', 'side')
  const view = VIEWS.find(each => each === named) ?? 'side'
  const pages = Math.max(result.now.pages, result.before?.pages ?? 0, 1)
  const [page, setPage] = useState(result.pages[0]?.page ?? 1)
  const later = () => setPage(Math.min(pages, page + 1))
  const earlier = () => setPage(Math.max(1, page - 1))
  useHotkeys({
    ArrowRight: later,
    ArrowLeft: earlier,
    v: () => setView(VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length] ?? 'side'),
  })
  const base = `/templates/${templateId}/proofs/${run.id}/members/${result.memberId}`
  return (
    <Panel
      title={nameOf(speech, member, result.memberId)}
      note={(member?.why ?? []).map(why => whyInWords(speech, why)).join(' · ')}
      extra={<ResultChip row={result} />}
    >
      <div className="stack tight">
        <div className="row wrap">
          <Segmented<ProofViewName>
            value={view}
            onChange={setView}
            options={VIEWS.map(value => ({ value, label: t(`proof.view.${value}`) }))}
          />
          {onMark && result.changed ? (
            <>
              <Button
                type="primary"
                loading={busy}
                disabled={result.verdict?.intended === true}
                onClick={() => onMark(true)}
              >
                {t('proof.mark')}
              </Button>
              <Button disabled={busy || result.verdict?.intended === false} onClick={() => onMark(false)}>
                {t('proof.refuse')}
              </Button>
            </>
          ) : null}
          {result.verdict && result.changed ? (
            <span className="small soft">
              {t('proof.verdict', {
                verdict: t(result.verdict.intended ? 'proof.intended' : 'proof.refused'),
                name: result.verdict.by,
              })}
            </span>
          ) : null}
          {member && onMark ? <RemoveMember templateId={templateId} member={member} /> : null}
        </div>
        {result.now.state === 'held' ? (
          <Callout tone="warn">
            {t('proof.held-because', { why: `${speech.say(result.now.says)} (${result.now.detail})` })}
          </Callout>
        ) : null}
        {may('customers.contact') ? null : <p className="small soft">{t('proof.disguised')}</p>}
        {view === 'words' ? (
          <ProofWords base={base} />
        ) : (
          <ProofPicture key={`${page}`} base={base} run={run} result={result} view={view} page={page} />
        )}
        {pages > 1 && view !== 'words' ? (
          <nav className="row wrap" aria-label={t('proof.page', { page: String(page), pages: String(pages) })}>
            {Array.from({ length: pages }, (_, index) => index + 1).map(each => (
              <Button
                key={each}
                size="small"
                type={each === page ? 'primary' : 'default'}
                danger={result.pages.some(changed => changed.page === each) && each !== page}
                title={
                  result.pages.some(changed => changed.page === each)
                    ? t('proof.page-changed', { page: String(each) })
                    : ''
                }
                onClick={() => setPage(each)}
              >
                {each}
              </Button>
            ))}
          </nav>
        ) : null}
      </div>
    </Panel>
  )
}
