import { useState } from 'react'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Field, Input, Modal, TextAreaField, TextField, useProblem } from '../../../kit/index.ts'

interface HoldDialogProps {
  communications: readonly string[]
  onClose: (done: boolean) => void
}

const listed = (text: string): string[] => text.split(/[\s,;，；]+/).filter(part => part !== '')

/** On what was chosen in the list, or on numbers that somebody was given. */
export function HoldDialog({ communications, onClose }: HoldDialogProps) {
  const { t } = useText()
  const problem = useProblem()
  const [draft, setDraft] = useState({
    caseName: '',
    reason: '',
    until: '',
    customers: '',
    communications: communications.join('\n'),
  })
  const change = (part: Partial<typeof draft>): void => setDraft(before => ({ ...before, ...part }))
  const place = useChangeOf<{ id: number }>(['/archive', '/communications', '/rights'], () => onClose(true))
  const customers = listed(draft.customers)
  const letters = listed(draft.communications)
  const whole =
    draft.reason.trim().length >= 3 &&
    customers.length + letters.length > 0 &&
    customers.every(id => /^[1-9]\d{0,14}$/.test(id)) &&
    letters.every(id => /^[0-9a-f]{32}$/.test(id))
  return (
    <Modal
      open
      title={t('archive.hold-add')}
      okText={t('ledger.hold')}
      cancelText={t('action.close')}
      okButtonProps={{ loading: place.isPending, disabled: !whole }}
      onCancel={() => onClose(false)}
      onOk={() =>
        place.mutate({
          method: 'POST',
          path: '/archive/holds',
          body: {
            caseName: draft.caseName,
            reason: draft.reason,
            until: draft.until || null,
            customers: customers.map(Number),
            communications: letters,
          },
        })
      }
    >
      <div className="fields">
        <TextField
          label={t('archive.case')}
          maxLength={100}
          placeholder={t('archive.case-hint')}
          value={draft.caseName}
          onChange={value => change({ caseName: value })}
        />
        <TextField
          label={t('archive.reason')}
          maxLength={300}
          value={draft.reason}
          onChange={value => change({ reason: value })}
        />
        <Field label={t('archive.until')}>
          {id => (
            <Input id={id} type="date" value={draft.until} onChange={event => change({ until: event.target.value })} />
          )}
        </Field>
        <TextField
          label={t('archive.customers')}
          placeholder={t('archive.list-hint')}
          value={draft.customers}
          onChange={value => change({ customers: value })}
        />
        <TextAreaField
          label={t('archive.communications')}
          autoSize={{ minRows: 2, maxRows: 8 }}
          placeholder={t('archive.list-hint')}
          value={draft.communications}
          onChange={value => change({ communications: value })}
        />
        {place.isError ? <Callout tone="bad">{problem(place.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
