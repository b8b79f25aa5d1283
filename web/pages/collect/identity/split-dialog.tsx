import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import type { ActionResult, ChangePreview } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Callout, Drawer, Field, Input, useProblem, useToast } from '../../../kit/index.ts'
import { ChangePreviewTable } from './change-preview.tsx'

interface SplitDialogProps {
  customerId: number
  records: readonly { source: string; rowKey: string }[]
  onClose: () => void
  onDone: () => void
}

/** The chosen records become a customer of their own; both golden records are seen first. */
export function SplitDialog({ customerId, records, onClose, onDone }: SplitDialogProps) {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const body = { customerId, records }
  const preview = useQuery<ChangePreview, Error>({
    queryKey: ['/identity/split-preview', body],
    queryFn: () => send<ChangePreview>('POST', '/identity/split-preview', body),
  })
  const split = useMutation({
    mutationFn: () => send<ActionResult>('POST', '/identity/splits', { ...body, note }),
    onSuccess: async done => {
      onDone()
      toast.done(t('identity.was-split', { action: done.actionId, id: done.customerId }))
      await client.invalidateQueries()
    },
  })
  return (
    <Drawer
      open
      onClose={onClose}
      size={640}
      title={t('identity.split-title', { count: records.length })}
      footer={
        <div className="row end">
          <span className="small muted grow">{t('identity.can-undo')}</span>
          <Button onClick={onClose}>{t('action.close')}</Button>
          <Button type="primary" disabled={!preview.data} loading={split.isPending} onClick={() => split.mutate()}>
            {t('identity.split')}
          </Button>
        </div>
      }
    >
      <div className="stack">
        {split.error ? <Callout tone="bad">{problem(split.error)}</Callout> : null}
        <p className="soft">{t('identity.split-lead')}</p>
        <Async query={preview} lines={10}>
          {data => <ChangePreviewTable preview={data} />}
        </Async>
        <Field label={t('identity.note')}>
          {id => <Input id={id} maxLength={2000} value={note} onChange={event => setNote(event.target.value)} />}
        </Field>
      </div>
    </Drawer>
  )
}
