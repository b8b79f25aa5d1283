import { useState } from 'react'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Field, Input, Modal, useProblem } from '../../../kit/index.ts'

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
        <Field label={t('archive.case')}>
          {id => (
            <Input
              id={id}
              maxLength={100}
              placeholder={t('archive.case-hint')}
              value={draft.caseName}
              onChange={event => change({ caseName: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('archive.reason')}>
          {id => (
            <Input
              id={id}
              maxLength={300}
              value={draft.reason}
              onChange={event => change({ reason: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('archive.until')}>
          {id => (
            <Input id={id} type="date" value={draft.until} onChange={event => change({ until: event.target.value })} />
          )}
        </Field>
        <Field label={t('archive.customers')}>
          {id => (
            <Input
              id={id}
              placeholder={t('archive.list-hint')}
              value={draft.customers}
              onChange={event => change({ customers: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('archive.communications')}>
          {id => (
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 2, maxRows: 8 }}
              placeholder={t('archive.list-hint')}
              value={draft.communications}
              onChange={event => change({ communications: event.target.value })}
            />
          )}
        </Field>
        {place.isError ? <Callout tone="bad">{problem(place.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
