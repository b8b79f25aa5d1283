import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../../api/client.ts'
import { useGet } from '../../../../api/queries.ts'
import type { VersionDetail, VersionList } from '../../../../api/segments.ts'
import type { MessageId } from '../../../../i18n/i18n.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Callout, Field, Input, Modal, TextAreaField, useProblem, useToast } from '../../../../kit/index.ts'

export type Deed = 'ask' | 'approve' | 'refuse' | 'withdraw' | 'roll-back'

const texts: Record<Deed, { title: MessageId; what: MessageId; done: MessageId }> = {
  ask: { title: 'seg.ask', what: 'seg.ask-what', done: 'seg.asked' },
  approve: { title: 'seg.approve', what: 'seg.approve-what', done: 'seg.approved' },
  refuse: { title: 'seg.refuse', what: 'seg.refuse-what', done: 'seg.refused' },
  withdraw: { title: 'seg.withdraw', what: 'seg.withdraw-what', done: 'seg.withdrawn' },
  'roll-back': { title: 'seg.roll-back', what: 'seg.roll-back-what', done: 'seg.rolled-back' },
}

/** Asks for a reason, and for a date where one is needed, before something takes effect. */
export function Answer({ detail, deed, onClose }: { detail: VersionDetail; deed: Deed; onClose: () => void }) {
  const { t, day } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const list = useGet<VersionList>('/segments/versions')
  const dated = deed === 'ask' || deed === 'roll-back'
  const [note, setNote] = useState(deed === 'ask' ? detail.note : '')
  const [date, setDate] = useState<string | null>(null)
  const from = date ?? list.data?.from ?? ''
  const path =
    deed === 'ask'
      ? `/segments/drafts/${detail.id}/ask`
      : `/segments/versions/${detail.id}/${deed === 'roll-back' ? deed : 'answer'}`
  const act = useMutation({
    mutationFn: () => send('POST', path, dated ? { from, note } : { answer: deed, note }),
    onSuccess: async () => {
      toast.done(t(texts[deed].done))
      onClose()
      await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/segments') })
    },
  })
  return (
    <Modal
      open
      title={t(texts[deed].title)}
      okText={t(texts[deed].title)}
      onCancel={onClose}
      onOk={() => act.mutate()}
      confirmLoading={act.isPending}
      okButtonProps={{ disabled: dated && from === '' }}
    >
      <div className="stack">
        {act.error ? <Callout tone="bad">{problem(act.error)}</Callout> : null}
        <p>{t(texts[deed].what, { from: detail.effectiveFrom ? day(detail.effectiveFrom) : '–' })}</p>
        {dated ? (
          <Field label={t('seg.holds-from')}>
            {id => <Input id={id} type="date" value={from} onChange={event => setDate(event.target.value)} />}
          </Field>
        ) : null}
        <TextAreaField label={t('seg.why')} rows={2} maxLength={2000} value={note} onChange={setNote} />
      </div>
    </Modal>
  )
}
