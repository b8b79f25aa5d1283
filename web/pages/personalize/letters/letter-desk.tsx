import { useState } from 'react'
import type { LetterDetail } from '../../../api/letters.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Button,
  Callout,
  Chip,
  Modal,
  modKey,
  Panel,
  TextAreaField,
  useHotkeys,
  useProblem,
} from '../../../kit/index.ts'
import { LetterEnclosures } from './letter-enclosures.tsx'
import { LetterFields } from './letter-fields.tsx'
import { LetterHistory } from './letter-history.tsx'
import { LetterPage } from './letter-page.tsx'
import { LetterParts } from './letter-parts.tsx'
import { LetterRegions } from './letter-regions.tsx'
import { LetterWay } from './letter-way.tsx'
import { useLetterDraft } from './use-letter-draft.ts'

/** To the left what the template leaves open, to the right the very page. */
export function LetterDesk({ detail }: { detail: LetterDetail }) {
  const { t } = useText()
  const problem = useProblem()
  const draft = useLetterDraft(detail)
  const [asking, setAsking] = useState<'submit' | 'withdraw' | null>(null)
  const [remark, setRemark] = useState('')
  const { id } = detail.letter
  const act = useChangeOf<LetterDetail>(['/letters'], () => setAsking(null))
  const submit = async (): Promise<void> => {
    if (await draft.flush()) setAsking('submit')
  }
  useHotkeys({ 'mod+Enter': () => void submit() })
  return (
    <div className="letter-desk">
      <div className="stack">
        <div className="row apart">
          <Chip tone={draft.saved === 'saved' ? 'good' : draft.saved === 'conflict' ? 'bad' : 'plain'}>
            <span aria-live="polite">
              {t(draft.saved === 'conflict' ? 'letters.unsaved' : `letters.${draft.saved}`)}
            </span>
          </Chip>
          <span className="row tight">
            <Button onClick={() => setAsking('withdraw')}>{t('letters.withdraw')}</Button>
            <Button type="primary" title={`${modKey}+Enter`} onClick={() => void submit()}>
              {t('letters.submit')}
            </Button>
          </span>
        </div>
        {draft.saved === 'conflict' ? (
          <Callout
            tone="bad"
            title={t('letters.conflict')}
            extra={
              <span className="row tight">
                <Button onClick={draft.takeTheirs}>{t('letters.take-theirs')}</Button>
                <Button onClick={() => void draft.keepMine()}>{t('letters.keep-mine')}</Button>
              </span>
            }
          >
            {problem(draft.problem)}
          </Callout>
        ) : draft.problem ? (
          <Callout tone="bad">{problem(draft.problem)}</Callout>
        ) : null}
        <LetterRegions form={detail.form} content={draft.content} change={draft.change} />
        {detail.form.parts.length > 0 ? (
          <LetterParts form={detail.form} content={draft.content} change={draft.change} />
        ) : null}
        {detail.form.fields.length > 0 ? (
          <LetterFields form={detail.form} content={draft.content} change={draft.change} />
        ) : null}
        <LetterEnclosures id={id} content={draft.content} change={draft.change} />
        <LetterWay ways={detail.ways} channel={draft.channel} choose={draft.choose} />
        <Panel title={t('letters.history')}>
          <LetterHistory steps={detail.steps} />
        </Panel>
      </div>
      <LetterPage id={id} content={draft.content} />
      <Modal
        open={asking !== null}
        title={t(asking === 'withdraw' ? 'letters.withdraw' : 'letters.submit')}
        okText={t(asking === 'withdraw' ? 'letters.withdraw' : 'letters.submit')}
        cancelText={t('action.close')}
        okButtonProps={{ loading: act.isPending, danger: asking === 'withdraw' }}
        onCancel={() => setAsking(null)}
        onOk={() =>
          act.mutate({
            method: 'POST',
            path: `/letters/${id}/${asking}`,
            body: asking === 'withdraw' ? { remark, forGood: true } : { remark },
          })
        }
      >
        <div className="fields">
          {asking === 'withdraw' ? <p>{t('letters.withdraw-sure')}</p> : null}
          <TextAreaField
            label={asking === 'withdraw' ? t('letters.remark') : t('letters.submit-note')}
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
