import { useState } from 'react'
import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Checkbox,
  type Column,
  DataTable,
  Modal,
  Pager,
  Panel,
  useProblem,
} from '../../../kit/index.ts'
import type { UncertainList, UncertainRow } from './types.ts'
import { useChange } from './use-change.ts'

const LIMIT = 50
const DECISIONS = ['sent', 'again', 'give-up'] as const
type Decision = (typeof DECISIONS)[number]

export function UncertainOnes() {
  const { t, term, instant } = useText()
  const may = useMay()
  const [offset, setOffset] = useState(0)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [deciding, setDeciding] = useState<Decision | null>(null)
  const list = useGet<UncertainList>('/delivery/uncertain', { query: { offset, limit: LIMIT }, keep: true })
  const manages = may('delivery.manage')
  const toggle = (id: string, on: boolean) =>
    setChosen(before => new Set(on ? [...before, id] : [...before].filter(one => one !== id)))
  const columns: Column<UncertainRow>[] = [
    {
      id: 'choose',
      title: '',
      cell: row => (
        <Checkbox
          aria-label={t('dl.choose')}
          checked={chosen.has(row.communicationId)}
          onChange={event => toggle(row.communicationId, event.target.checked)}
        />
      ),
    },
    { id: 'kind', title: t('comm.kind'), cell: row => term('comm-kind', row.kind) },
    {
      id: 'customer',
      title: t('quality.customer'),
      cell: row => (
        <Link to={`/customers/${row.customerId}?tab=communications&c=${row.communicationId}`}>{row.customerId}</Link>
      ),
    },
    { id: 'why', title: t('dl.why'), cell: row => t(row.reason === 'killed' ? 'dl.why-killed' : 'dl.why-no-reply') },
    { id: 'at', title: t('dl.at'), right: true, cell: row => instant(row.at) },
  ]
  return (
    <div className="stack">
      <Callout title={t('dl.uncertain-what')}>{t('dl.uncertain-why')}</Callout>
      <Panel flush>
        <Async query={list} lines={6}>
          {({ rows, total }) => (
            <>
              {manages && rows.length > 0 ? (
                <div className="toolbar inset">
                  <Button size="small" onClick={() => setChosen(new Set(rows.map(row => row.communicationId)))}>
                    {t('dl.choose-page')}
                  </Button>
                  {DECISIONS.map(decision => (
                    <Button
                      key={decision}
                      size="small"
                      disabled={chosen.size === 0}
                      danger={decision === 'again'}
                      onClick={() => setDeciding(decision)}
                    >
                      {t(`dl.decide.${decision}`)}
                    </Button>
                  ))}
                </div>
              ) : null}
              <DataTable
                columns={manages ? columns : columns.slice(1)}
                rows={rows}
                rowId={row => row.communicationId}
                empty={<Blank title={t('dl.uncertain-none')} />}
              />
              <Pager offset={offset} limit={LIMIT} total={total} onMove={setOffset} />
            </>
          )}
        </Async>
      </Panel>
      {deciding ? (
        <Decide
          decision={deciding}
          ids={[...chosen]}
          onClose={done => {
            setDeciding(null)
            if (done) setChosen(new Set())
          }}
        />
      ) : null}
    </div>
  )
}

function Decide({ decision, ids, onClose }: { decision: Decision; ids: string[]; onClose: (done: boolean) => void }) {
  const { t } = useText()
  const problem = useProblem()
  const decide = useChange(() => onClose(true))
  return (
    <Modal
      open
      title={t(`dl.decide.${decision}`)}
      okText={t(`dl.decide.${decision}`)}
      cancelText={t('gb.cancel')}
      okButtonProps={{ danger: decision === 'again', loading: decide.isPending }}
      onOk={() => decide.mutate({ method: 'POST', path: '/delivery/uncertain', body: { ids, decision } })}
      onCancel={() => onClose(false)}
    >
      <p>{t(`dl.decide-ask.${decision}`, { count: ids.length })}</p>
      {decide.error ? <Callout tone="bad">{problem(decide.error)}</Callout> : null}
    </Modal>
  )
}
