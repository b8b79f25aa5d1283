import { useState } from 'react'
import { useMay } from '../../api/session.ts'
import { useChangeOf } from '../../api/use-change.ts'
import { useText } from '../../i18n/use-text.ts'
import { Button, Callout, Modal, useProblem, useToast } from '../../kit/index.ts'

/** Asks for the correction that the evidence speaks for. */
export function Propose({ kind, code }: { kind: 'segment' | 'score' | 'need'; code: string }) {
  const { t } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const [asking, setAsking] = useState(false)
  const change = useChangeOf<{ id: number }>(['/customer-model'], () => {
    setAsking(false)
    toast.done(t('learned.proposed'))
  })
  if (!may('segments.write')) return null
  const ask = (): void => {
    change.reset()
    setAsking(true)
  }
  return (
    <>
      <Button size="small" onClick={ask}>
        {t('learned.propose')}
      </Button>
      <Modal
        open={asking}
        title={t('learned.propose')}
        okText={t('learned.propose')}
        okButtonProps={{ loading: change.isPending }}
        onOk={() => change.mutate({ method: 'POST', path: '/customer-model/corrections', body: { kind, code } })}
        onCancel={() => setAsking(false)}
      >
        <div className="stack">
          <p>{t('learned.propose-ask')}</p>
          {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
        </div>
      </Modal>
    </>
  )
}
