import { useState } from 'react'
import { useMay } from '../../../api/session.ts'
import type { CustomerDetail } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button } from '../../../kit/index.ts'
import { Changes } from './changes.tsx'
import { ExplainDrawer } from './explain-drawer.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { SplitDialog } from './split-dialog.tsx'

interface RecordActionsProps {
  customer: CustomerDetail
  chosen: CustomerDetail['records']
  onClear: () => void
}

/** What can be done with a customer's records: explain two, take some out, bring another customer in, undo what was done. */
export function RecordActions({ customer, chosen, onClear }: RecordActionsProps) {
  const { t } = useText()
  const may = useMay()
  const [open, setOpen] = useState<'merge' | 'split' | 'explain' | 'changes' | null>(null)
  const close = (): void => setOpen(null)
  const [left, right] = chosen
  if (!may('identity.read')) return null
  return (
    <div className="stack">
      <div className="toolbar no-print">
        {may('identity.review') ? (
          <>
            <Button
              disabled={chosen.length === 0 || chosen.length === customer.records.length}
              onClick={() => setOpen('split')}
            >
              {t('identity.split-chosen', { count: chosen.length })}
            </Button>
            <Button onClick={() => setOpen('merge')}>{t('identity.merge-other')}</Button>
          </>
        ) : null}
        <Button disabled={chosen.length !== 2} onClick={() => setOpen('explain')}>
          {t('identity.explain')}
        </Button>
        <Button type="text" onClick={() => setOpen(open === 'changes' ? null : 'changes')}>
          {t('identity.changes')}
        </Button>
        <span className="small muted">{t('identity.choose-records')}</span>
      </div>
      {open === 'changes' ? <Changes customerId={customer.customerId} /> : null}
      {open === 'merge' ? <MergeDialog customer={customer} onClose={close} /> : null}
      {open === 'split' ? (
        <SplitDialog
          customerId={customer.customerId}
          records={chosen.map(({ source, rowKey }) => ({ source, rowKey }))}
          onClose={close}
          onDone={() => {
            close()
            onClear()
          }}
        />
      ) : null}
      {open === 'explain' && left && right ? <ExplainDrawer left={left} right={right} onClose={close} /> : null}
    </div>
  )
}
