import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import type { KeptPlan, KeptPlans } from '../../../api/planning.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Modal, TextAreaField, useProblem, useToast } from '../../../kit/index.ts'

interface ApproveProps {
  plan: KeptPlan
  mode: KeptPlans['approval']
  onClose: () => void
}

/** One person's word on a plan; an approval can be taken back until a campaign carries the plan out. */
export function Approve({ plan, mode, onClose }: ApproveProps) {
  const { t, number, money } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const answer = useMutation({
    mutationFn: (verb: 'approve' | 'refuse' | 'withdraw') =>
      send<{ standing: KeptPlan['standing'] }>('POST', `/plans/${plan.planId}/${verb}`, { note }),
    onSuccess: async ({ standing }) => {
      toast.done(t(`plans.is-${standing}`))
      await client.invalidateQueries({ queryKey: ['/plans/kept'] })
      onClose()
    },
  })
  const approved = plan.standing === 'approved'
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('plans.numbered', { plan: plan.planId })}
      footer={
        <div className="row end">
          {approved ? (
            <Button type="primary" loading={answer.isPending} onClick={() => answer.mutate('withdraw')}>
              {t('plans.withdraw')}
            </Button>
          ) : (
            <>
              <Button danger loading={answer.isPending} onClick={() => answer.mutate('refuse')}>
                {t('plans.refuse')}
              </Button>
              <Button type="primary" loading={answer.isPending} onClick={() => answer.mutate('approve')}>
                {t('plans.approve')}
              </Button>
            </>
          )}
        </div>
      }
    >
      <div className="stack">
        {answer.error ? <Callout tone="bad">{problem(answer.error)}</Callout> : null}
        <p>
          {t('plans.approve-what', {
            customers: number(plan.assigned),
            cost: money(plan.cost, plan.currency),
            value: money(plan.value, plan.currency),
          })}
        </p>
        {mode === 'two' && !approved ? <p className="soft">{t('plans.two-people')}</p> : null}
        <TextAreaField label={t('plans.word')} value={note} rows={2} maxLength={2000} onChange={setNote} />
      </div>
    </Modal>
  )
}
