import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import type { MendResult } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Field, Input, Modal, useProblem, useToast } from '../../../kit/index.ts'
import { useMended } from './use-mended.ts'

interface DiscardProps {
  count: number
  what: { filter: Record<string, string> } | { row: { importId: number; rowNo: number } }
  onClose: () => void
  onDone?: () => void
}

/** Rows are given up only with a reason; they can be brought back. */
export function Discard({ count, what, onClose, onDone }: DiscardProps) {
  const { t } = useText()
  const problem = useProblem()
  const toast = useToast()
  const mended = useMended()
  const [reason, setReason] = useState('')
  const discard = useMutation({
    mutationFn: () => send<MendResult>('POST', '/quarantine/discard', { ...what, reason: reason.trim() }),
    onSuccess: async result => {
      toast.done(t('mend.discarded', { count: result.rows }))
      onClose()
      onDone?.()
      await mended(null)
    },
  })
  return (
    <Modal
      open
      title={t('mend.discard')}
      okText={t('mend.discard')}
      cancelText={t('src.cancel')}
      okButtonProps={{ danger: true, loading: discard.isPending, disabled: reason.trim() === '' }}
      onOk={() => discard.mutate()}
      onCancel={onClose}
    >
      <div className="stack tight">
        <p>{t('mend.discard-ask', { count })}</p>
        <Field label={t('mend.reason')}>
          {id => (
            <Input id={id} value={reason} maxLength={500} autoFocus onChange={event => setReason(event.target.value)} />
          )}
        </Field>
        {discard.error ? <Callout tone="bad">{problem(discard.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
