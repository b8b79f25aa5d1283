import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay, useSession } from '../../../api/session.ts'
import type { RepairDetail, RepairDone } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Callout, Chip, Drawer, Modal, Pager, useProblem, useToast } from '../../../kit/index.ts'
import { ChangesTable } from './changes-table.tsx'
import { repairTone } from './repair-tone.ts'

const LIMIT = 50
type Act = 'approve' | 'reject' | 'undo'

/** One repair, row by row, with what may be done about it. */
export function RepairDrawer({ repairId, onClose }: { repairId: number; onClose: () => void }) {
  const { t, term, number, instant } = useText()
  const may = useMay()
  const session = useSession()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [offset, setOffset] = useState(0)
  const [asking, setAsking] = useState<Act | null>(null)
  const repair = useGet<RepairDetail>(`/repairs/${repairId}`, { query: { offset, limit: LIMIT }, keep: true })
  const act = useMutation({
    mutationFn: (what: Act) => send<RepairDone>('POST', `/repairs/${repairId}/${what}`, {}),
    onSuccess: async (done, what) => {
      setAsking(null)
      const word = t(what === 'approve' ? 'repair.approved' : what === 'undo' ? 'repair.undone' : 'repair.rejected')
      const golden =
        what === 'reject' || done.customers === 0
          ? ''
          : ` ${t(done.followed ? 'repair.at-once' : 'repair.next-turn', { count: number(done.customers) })}`
      toast.done(word + golden)
      await client.invalidateQueries({
        predicate: query => /^\/(quality|repairs|customers)/.test(String(query.queryKey[0])),
      })
    },
  })
  const data = repair.data
  const own = data?.proposedBy === session.data?.name
  const words: Record<Act, string> = {
    approve: t('repair.approve'),
    reject: own ? t('repair.take-back') : t('repair.reject'),
    undo: t('repair.undo'),
  }
  return (
    <Drawer open onClose={onClose} size={600} title={t('repair.title')} styles={{ body: { padding: '12px 4px' } }}>
      <Async query={repair} lines={8}>
        {row => (
          <div className="stack">
            <div className="stack tight drawer-lead">
              <div className="row">
                <span className="strong">{term('fix', row.kind)}</span>
                <Chip tone={repairTone[row.state] ?? 'plain'}>{term('repair-state', row.state)}</Chip>
              </div>
              <p className="soft">
                {[
                  term('field', row.field),
                  row.source ? term('source', row.source) : t('rules.all-sources'),
                  `${number(row.rows)} ${t('repair.rows')}`,
                ].join(' · ')}
              </p>
              <p className="small muted">
                {t('repair.by')}: {t('rules.by', { who: row.proposedBy, at: instant(row.proposedAt) })}
                {row.decidedAt ? (
                  <>
                    <br />
                    {t('repair.decided')}: {t('rules.by', { who: row.decidedBy, at: instant(row.decidedAt) })}
                  </>
                ) : null}
                {row.undoneAt ? (
                  <>
                    <br />
                    {t('repair.undone')}: {t('rules.by', { who: row.undoneBy, at: instant(row.undoneAt) })}
                  </>
                ) : null}
              </p>
              {row.note ? <p>{row.note}</p> : null}
              <div className="row">
                {row.mayDecide ? (
                  <Button type="primary" onClick={() => setAsking('approve')}>
                    {words.approve}
                  </Button>
                ) : null}
                {row.state === 'proposed' && may('quality.write') ? (
                  <Button onClick={() => setAsking('reject')}>{words.reject}</Button>
                ) : null}
                {row.state === 'applied' && may('quality.write') ? (
                  <Button danger onClick={() => setAsking('undo')}>
                    {words.undo}
                  </Button>
                ) : null}
                {row.state === 'proposed' && !row.mayDecide ? (
                  <span className="small muted">{t('repair.waits')}</span>
                ) : null}
              </div>
            </div>
            <ChangesTable rows={row.changes} />
            <Pager offset={offset} limit={LIMIT} total={row.total} onMove={setOffset} />
          </div>
        )}
      </Async>
      <Modal
        open={asking !== null}
        title={asking ? words[asking] : ''}
        okText={asking ? words[asking] : ''}
        okButtonProps={{ danger: asking === 'undo', loading: act.isPending }}
        onOk={() => asking && act.mutate(asking)}
        onCancel={() => {
          act.reset()
          setAsking(null)
        }}
      >
        <div className="stack">
          <p>
            {asking === 'approve'
              ? t('repair.approve-ask', { rows: number(data?.rows ?? 0), who: data?.proposedBy ?? '' })
              : asking === 'undo'
                ? t('repair.undo-ask', { rows: number(data?.rows ?? 0) })
                : t('repair.reject-ask')}
          </p>
          {act.error ? <Callout tone="bad">{problem(act.error)}</Callout> : null}
        </div>
      </Modal>
    </Drawer>
  )
}
