import { CheckOutlined, StopOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import type { Campaign } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Button, Callout, Modal, useProblem, useToast } from '../../kit/index.ts'

type Act = 'approve' | 'stop'

/** A draft is approved by a person; what is approved or running can be stopped. */
export function Approval({ campaign }: { campaign: Campaign }) {
  const { t, say } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [asking, setAsking] = useState<Act | null>(null)
  const act = useMutation({
    mutationFn: (what: Act) => send<unknown>('POST', `/campaigns/${campaign.campaignId}/${what}`, {}),
    onSuccess: async (_, what) => {
      setAsking(null)
      toast.done(t(what === 'approve' ? 'campaign.now-approved' : 'campaign.now-stopped'))
      await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/campaigns') })
    },
  })
  if (!may('campaign.approve')) return null
  const ask = (what: Act): void => {
    act.reset()
    setAsking(what)
  }
  return (
    <>
      {campaign.state === 'draft' ? (
        <Button type="primary" icon={<CheckOutlined />} onClick={() => ask('approve')}>
          {t('campaign.approve')}
        </Button>
      ) : null}
      {campaign.state === 'approved' || campaign.state === 'running' ? (
        <Button danger icon={<StopOutlined />} onClick={() => ask('stop')}>
          {t('campaign.stop')}
        </Button>
      ) : null}
      <Modal
        open={asking !== null}
        title={asking === 'stop' ? t('campaign.stop') : t('campaign.approve')}
        okText={asking === 'stop' ? t('campaign.stop') : t('campaign.approve')}
        okButtonProps={{ danger: asking === 'stop', loading: act.isPending }}
        onOk={() => asking && act.mutate(asking)}
        onCancel={() => setAsking(null)}
      >
        <div className="stack">
          <p>{t(asking === 'stop' ? 'campaign.stop-ask' : 'campaign.approve-ask', { name: say(campaign.name) })}</p>
          {act.error ? <Callout tone="bad">{problem(act.error)}</Callout> : null}
        </div>
      </Modal>
    </>
  )
}
