import type { ReactNode } from 'react'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, Modal, useProblem } from '../../../kit/index.ts'

interface ConfirmProps {
  title: string
  danger?: boolean
  busy: boolean
  error: unknown
  onYes: () => void
  onNo: () => void
  children: ReactNode
}

/** Asked before something leaves, ends or goes away. */
export function Confirm({ title, danger, busy, error, onYes, onNo, children }: ConfirmProps) {
  const { t } = useText()
  const problem = useProblem()
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={t('gb.cancel')}
      okButtonProps={{ danger: danger ?? false, loading: busy }}
      onOk={onYes}
      onCancel={onNo}
    >
      <div className="stack tight">
        <div>{children}</div>
        {error ? <Callout tone="bad">{problem(error)}</Callout> : null}
      </div>
    </Modal>
  )
}
