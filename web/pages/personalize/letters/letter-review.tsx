import { useState } from 'react'
import { Link } from 'react-router'
import type { LetterDetail } from '../../../api/letters.ts'
import { useMay } from '../../../api/session.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Modal, Panel, TextAreaField, useProblem } from '../../../kit/index.ts'
import { LetterChanges } from './letter-changes.tsx'
import { LetterHistory } from './letter-history.tsx'
import { LetterPage } from './letter-page.tsx'

/** What the supervisor sees: the page, what was changed against the template, and the decision. */
export function LetterReview({ detail }: { detail: LetterDetail }) {
  const { t, term } = useText()
  const may = useMay()
  const problem = useProblem()
  const { letter } = detail
  const [asking, setAsking] = useState<'approve' | 'return' | null>(null)
  const [remark, setRemark] = useState('')
  const act = useChangeOf<LetterDetail>(['/letters', '/communications'], () => setAsking(null))
  const waits = letter.state === 'submitted'
  return (
    <div className="letter-desk">
      <div className="stack">
        {waits && letter.mine ? (
          <Callout
            extra={
              <Button
                loading={act.isPending}
                onClick={() => act.mutate({ method: 'POST', path: `/letters/${letter.id}/withdraw`, body: {} })}
              >
                {t('letters.take-back')}
              </Button>
            }
          >
            {t('letters.own')}
          </Callout>
        ) : null}
        {waits && !letter.mine && may('letters.approve') ? (
          <div className="row end">
            <Button onClick={() => setAsking('return')}>{t('letters.return')}</Button>
            <Button type="primary" onClick={() => setAsking('approve')}>
              {t('letters.approve')}
            </Button>
          </div>
        ) : null}
        {letter.communicationId && letter.state === 'sent' ? (
          <Callout tone="good" title={t('letters.sent-as')}>
            <Link to={`/communications/${letter.communicationId}`} className="mono">
              {letter.communicationId}
            </Link>{' '}
            · {term('channel', letter.channel)}
          </Callout>
        ) : null}
        <LetterChanges changes={detail.changes} />
        <Panel title={t('letters.history')}>
          <LetterHistory steps={detail.steps} />
        </Panel>
      </div>
      <LetterPage id={letter.id} content={letter.content} />
      <Modal
        open={asking !== null}
        title={t(asking === 'approve' ? 'letters.approve' : 'letters.return')}
        okText={t(asking === 'approve' ? 'letters.approve' : 'letters.return')}
        cancelText={t('action.close')}
        okButtonProps={{ loading: act.isPending, disabled: asking === 'return' && remark.trim() === '' }}
        onCancel={() => setAsking(null)}
        onOk={() =>
          act.mutate({
            method: 'POST',
            path: `/letters/${letter.id}/decision`,
            body: { approve: asking === 'approve', remark },
          })
        }
      >
        <div className="fields">
          {asking === 'approve' ? <p>{t('letters.approve-sure')}</p> : null}
          <TextAreaField
            label={asking === 'return' ? t('letters.remark-needed') : t('letters.remark')}
            maxLength={1000}
            autoSize={{ minRows: 2, maxRows: 6 }}
            value={remark}
            onChange={setRemark}
          />
          {act.isError ? <Callout tone="bad">{problem(act.error)}</Callout> : null}
        </div>
      </Modal>
    </div>
  )
}
