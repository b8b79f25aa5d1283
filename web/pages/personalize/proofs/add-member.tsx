import { useState } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Field, Input, InputNumber, Modal, Segmented, useProblem, useToast } from '../../../kit/index.ts'
import { useProofChange } from './use-proof-change.ts'

interface Props {
  templateId: string
  version: number
  open: boolean
  onClose: () => void
}

type Kind = 'customer' | 'row'

/** A customer by number, or a row of data somebody wrote, to be proofed from now on. */
export function AddMember({ templateId, version, open, onClose }: Props) {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const [kind, setKind] = useState<Kind>('customer')
  const [customerId, setCustomerId] = useState<number | null>(null)
  const [offer, setOffer] = useState('')
  const [text, setText] = useState('')
  const change = useProofChange(templateId, () => {
    toast.done(t('proof.added'))
    onClose()
  })
  const { row, fault } = parsed(text)
  const body = kind === 'row' ? (row ? { row } : null) : customerId === null ? null : { customerId, offer }
  return (
    <Modal
      open={open}
      title={t('proof.add')}
      okText={t('proof.add')}
      okButtonProps={{ disabled: body === null, loading: change.isPending }}
      onCancel={onClose}
      onOk={() =>
        body &&
        change.mutate({ method: 'POST', path: `/templates/${templateId}/proof-members?version=${version}`, body })
      }
    >
      <div className="stack">
        <Segmented<Kind>
          value={kind}
          onChange={setKind}
          options={[
            { value: 'customer', label: t('proof.add-customer') },
            { value: 'row', label: t('proof.add-row') },
          ]}
        />
        {kind === 'customer' ? (
          <>
            <Field label={t('proof.customer-number')}>
              {id => <InputNumber id={id} min={1} precision={0} value={customerId} onChange={setCustomerId} />}
            </Field>
            <Field label={t('proof.offer')}>
              {id => (
                <Input id={id} value={offer} maxLength={64} onChange={event => setOffer(event.target.value.trim())} />
              )}
            </Field>
          </>
        ) : (
          <Field label={t('proof.row')}>
            {id => (
              <>
                <Input.TextArea id={id} rows={10} value={text} onChange={event => setText(event.target.value)} />
                <p className="small soft">{t('proof.row-hint')}</p>
              </>
            )}
          </Field>
        )}
        {kind === 'row' && text.trim() !== '' && fault ? (
          <Callout tone="warn">{t('proof.bad-json', { problem: fault })}</Callout>
        ) : null}
        {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
      </div>
    </Modal>
  )
}

function parsed(text: string): { row?: Record<string, unknown>; fault?: string } {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { row: value as Record<string, unknown> }
      : { fault: '{ … }' }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}
