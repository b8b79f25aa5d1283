import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Modal, useProblem, useToast } from '../../../kit/index.ts'
import type { FeatureDetail } from './types.ts'

/** Withdraws a feature the company declared, or brings it back. */
export function OwnState({ feature }: { feature: FeatureDetail }) {
  const { t, say } = useText()
  const client = useQueryClient()
  const toast = useToast()
  const problem = useProblem()
  const [asking, setAsking] = useState(false)
  const back = feature.own?.state === 'withdrawn'
  const change = useMutation({
    mutationFn: (state: 'released' | 'withdrawn') => send('POST', `/features/own/${feature.id}/state`, { state }),
    onSuccess: async () => {
      setAsking(false)
      toast.done(t(back ? 'fcat.back-done' : 'fcat.withdrawn-done', { name: say(feature.name) }))
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/features') })
    },
  })
  return (
    <>
      <Button
        danger={!back}
        loading={change.isPending}
        onClick={() => (back ? change.mutate('released') : setAsking(true))}
      >
        {t(back ? 'fcat.bring-back' : 'fcat.withdraw')}
      </Button>
      {back && change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
      {asking ? (
        <Modal
          open
          title={t('fcat.withdraw')}
          okText={t('fcat.withdraw')}
          cancelText={t('own.cancel')}
          okButtonProps={{ danger: true, loading: change.isPending }}
          onOk={() => change.mutate('withdrawn')}
          onCancel={() => setAsking(false)}
        >
          <div className="stack tight">
            <p>{t('fcat.withdraw-ask')}</p>
            {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
          </div>
        </Modal>
      ) : null}
    </>
  )
}
