import { SendOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../api/client.ts'
import { useMay } from '../../api/session.ts'
import type { Campaign } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, Button, Callout, Chip, type Column, DataTable, Modal, useProblem, useToast } from '../../kit/index.ts'

type Wave = Campaign['waves'][number]
const tones = { done: 'good', waiting: 'accent', stopped: 'warn' } as const

/** The dated parts of a campaign: each goes out on its day, or now when somebody says so. */
export function Waves({ campaign, onSent }: { campaign: Campaign; onSent: () => void }) {
  const { t, term, day, number, instant } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [asking, setAsking] = useState<Wave | null>(null)
  const now = useMutation({
    mutationFn: ({ wave }: Wave) =>
      send<{ job: string }>('POST', `/campaigns/${campaign.campaignId}/waves/${wave}/send`, {}),
    onSuccess: async (_, { wave }) => {
      setAsking(null)
      toast.done(t('campaign.wave-sending', { wave }))
      onSent()
      await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/campaigns') })
    },
  })
  const sendable = may('campaign.approve') && campaign.state === 'running'
  const columns: Column<Wave>[] = [
    { id: 'wave', title: t('campaign.wave'), cell: row => number(row.wave) },
    { id: 'date', title: t('campaign.date'), cell: row => day(row.date) },
    { id: 'planned', title: t('figure.planned-customers'), right: true, cell: row => number(row.planned) },
    { id: 'contacts', title: t('campaign.contacts'), right: true, cell: row => number(row.contacts) },
    {
      id: 'state',
      title: t('campaign.state'),
      cell: row => (
        <span className="row tight">
          <Chip tone={tones[row.state]}>{term('wave-state', row.state)}</Chip>
          {row.doneAt ? <span className="small muted">{instant(row.doneAt)}</span> : null}
          {row.state === 'waiting' && sendable ? (
            <Button
              size="small"
              icon={<SendOutlined />}
              onClick={() => {
                now.reset()
                setAsking(row)
              }}
            >
              {t('campaign.wave-now')}
            </Button>
          ) : null}
        </span>
      ),
    },
  ]
  return (
    <>
      <DataTable
        columns={columns}
        rows={campaign.waves}
        rowId={row => row.wave}
        empty={<Blank title={t('campaign.no-waves')} />}
      />
      <Modal
        open={asking !== null}
        title={t('campaign.wave-now')}
        okText={t('campaign.wave-now')}
        okButtonProps={{ loading: now.isPending }}
        onOk={() => asking && now.mutate(asking)}
        onCancel={() => setAsking(null)}
      >
        <div className="stack">
          {asking ? (
            <p>
              {t('campaign.wave-ask', {
                wave: asking.wave,
                day: day(asking.date),
                contacts: number(asking.contacts),
              })}
            </p>
          ) : null}
          {now.error ? <Callout tone="bad">{problem(now.error)}</Callout> : null}
        </div>
      </Modal>
    </>
  )
}
