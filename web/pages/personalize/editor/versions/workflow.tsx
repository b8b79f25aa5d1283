import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { send } from '../../../../api/client.ts'
import type { DraftDetail, Versions } from '../../../../api/content.ts'
import { useMay } from '../../../../api/session.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Button, Dropdown, Field, Input, Modal, TextAreaField, useProblem, useToast } from '../../../../kit/index.ts'

interface WorkflowProps {
  kind: 'template' | 'fragment'
  id: string
  draft: DraftDetail | null
  versions: Versions
  save: () => Promise<void>
  saved: boolean
  /** Revision under which an expert may take over the files; null: they have, or there are none. */
  expert: number | null
  onDone: () => void
}

type Step = 'start' | 'ask' | 'approve' | 'refuse' | 'withdraw' | 'drop' | 'expert'

/** Draft, approval by another person, live from a day: what can be done next. */
export function Workflow({ kind, id, draft, versions, save, saved, expert, onDone }: WorkflowProps) {
  const { t } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [step, setStep] = useState<Step | null>(null)
  const [busy, setBusy] = useState(false)
  const [note, setNote] = useState('')
  const [from, setFrom] = useState(versions.proposedFrom)
  const [to, setTo] = useState('')

  const act = async (what: Step) => {
    setBusy(true)
    try {
      if (what === 'start') await send('POST', `/${kind}s/${encodeURIComponent(id)}/drafts`, {})
      else if (draft) {
        const path = `/content/drafts/${draft.id}`
        if (what === 'ask') {
          await save()
          await send('POST', `${path}/ask`, { from, to: to === '' ? null : to, note })
        } else if (what === 'expert') {
          await save()
          await send('POST', `${path}/expert`, { revision: expert ?? draft.revision })
        } else if (what === 'drop') await send('POST', `${path}/drop`, {})
        else await send('POST', `${path}/answer`, { answer: what, note })
      }
      toast.done(t(`content.done-${what}`))
      setStep(null)
      setNote('')
      await client.invalidateQueries({
        predicate: query => /^\/(templates|fragments|content)/.test(String(query.queryKey[0])),
      })
      if (what === 'drop' && versions.versions.length === 0) void navigate(`/${kind}s`)
      else onDone()
    } catch (error) {
      toast.failed(problem(error))
    } finally {
      setBusy(false)
    }
  }
  const write = may('content.write')
  const buttons =
    draft === null ? (
      write ? (
        <Button type="primary" loading={busy} onClick={() => void act('start')}>
          {t('content.start-draft')}
        </Button>
      ) : null
    ) : draft.state === 'asked' ? (
      <>
        {draft.mayApprove && may('content.approve') ? (
          <>
            <Button type="primary" onClick={() => setStep('approve')}>
              {t('content.approve')}
            </Button>
            <Button danger onClick={() => setStep('refuse')}>
              {t('content.refuse')}
            </Button>
          </>
        ) : (
          <span className="small muted">{t('content.second-person')}</span>
        )}
        {may('content.approve') ? <Button onClick={() => setStep('withdraw')}>{t('content.withdraw')}</Button> : null}
      </>
    ) : write ? (
      <>
        <Button type="primary" onClick={() => setStep('ask')}>
          {t('content.ask')}
        </Button>
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              ...(kind === 'template' && expert !== null ? [{ key: 'expert', label: t('content.to-expert') }] : []),
              { key: 'drop', label: t('content.drop-draft'), danger: true },
            ],
            onClick: ({ key }) => setStep(key as Step),
          }}
        >
          <Button>{t('content.more')}</Button>
        </Dropdown>
      </>
    ) : null
  return (
    <>
      {buttons}
      {step && step !== 'start' ? (
        <Modal
          open
          title={t(`content.title-${step}`)}
          okText={t(`content.ok-${step}`)}
          cancelText={t('action.close')}
          confirmLoading={busy}
          okButtonProps={{
            danger: step === 'drop' || step === 'refuse',
            disabled: step === 'refuse' && note.trim() === '',
          }}
          onCancel={() => setStep(null)}
          onOk={() => void act(step)}
        >
          <div className="stack tight">
            <p>{t(`content.what-${step}`)}</p>
            {step === 'ask' && !saved ? <p className="small muted">{t('content.saves-first')}</p> : null}
            {step === 'ask' ? (
              <div className="row wrap">
                <Field label={t('content.from')}>
                  {field => (
                    <Input id={field} type="date" value={from} onChange={event => setFrom(event.target.value)} />
                  )}
                </Field>
                <Field label={t('content.to')}>
                  {field => <Input id={field} type="date" value={to} onChange={event => setTo(event.target.value)} />}
                </Field>
              </div>
            ) : null}
            {step === 'drop' || step === 'expert' ? null : (
              <TextAreaField
                label={t(step === 'refuse' ? 'content.why' : 'content.note')}
                rows={3}
                maxLength={2000}
                value={note}
                onChange={setNote}
              />
            )}
          </div>
        </Modal>
      ) : null}
    </>
  )
}
