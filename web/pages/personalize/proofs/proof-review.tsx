import { useState } from 'react'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Blank, Button, Modal, Panel, Segmented, useHotkeys, useToast } from '../../../kit/index.ts'
import { ProofDocument } from './proof-document.tsx'
import { nameOf, whyInWords } from './proof-names.ts'
import { ResultChip } from './result-chip.tsx'
import type { ProofMember, ProofResult, ProofRun, Proofs } from './types.ts'
import { useProofChange } from './use-proof-change.ts'

type Filter = 'open' | 'changed' | 'all'
const isOpen = ({ changed, verdict }: ProofResult): boolean => changed && verdict?.intended !== true

interface Props {
  templateId: string
  run: ProofRun
  set: Proofs['set']
}

/** The documents one after the other: looked at, and marked as meant or not. */
export function ProofReview({ templateId, run, set }: Props) {
  const { t } = useText()
  const may = useMay()('content.write')
  const toast = useToast()
  const [asked, setFilter] = useState<Filter | null>(null)
  const filter = asked ?? (run.open > 0 ? 'open' : 'all')
  const [chosen, setChosen] = useState<number | null>(null)
  const [asking, setAsking] = useState(false)
  const [undo, setUndo] = useState<number[]>([])
  const verdict = useProofChange(templateId)
  const rows = run.results.filter(row => filter === 'all' || (filter === 'changed' ? row.changed : isOpen(row)))
  // Whoever was marked leaves the list of open ones, and stays in view until another is chosen.
  const at = rows.findIndex(row => row.memberId === chosen)
  const open = run.results.find(row => row.memberId === chosen) ?? rows[0]
  const step = (by: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))]
    if (next) setChosen(next.memberId)
  }
  const say = (members: number[], intended: boolean, done?: () => void) =>
    verdict.mutate(
      { method: 'POST', path: `/templates/${templateId}/proofs/${run.id}/verdict`, body: { members, intended } },
      { onSuccess: () => done?.() },
    )
  const mark = (intended: boolean) => {
    if (!may || !open?.changed) return
    const following = rows[Math.max(at, 0) + 1]?.memberId ?? null
    say([open.memberId], intended, () => setChosen(following ?? open.memberId))
  }
  useHotkeys({
    j: () => step(1),
    n: () => step(1),
    k: () => step(-1),
    p: () => step(-1),
    i: () => mark(true),
    x: () => mark(false),
  })
  const toMark = rows.filter(isOpen).map(row => row.memberId)
  const memberOf = (id: number) => set.find(member => member.id === id)
  return (
    <div className="proof-review">
      <Panel
        title={t('proof.list')}
        flush
        extra={
          may && toMark.length > 1 ? (
            <Button size="small" onClick={() => setAsking(true)}>
              {t('proof.mark-all', { count: String(toMark.length) })}
            </Button>
          ) : undo.length > 0 ? (
            <Button
              size="small"
              onClick={() =>
                say(undo, false, () => {
                  setUndo([])
                  toast.done(t('proof.undone'))
                })
              }
            >
              {t('proof.undo')}
            </Button>
          ) : null
        }
      >
        <div className="proof-filter">
          <Segmented<Filter>
            value={filter}
            onChange={setFilter}
            options={(['open', 'changed', 'all'] as const).map(value => ({ value, label: t(`proof.filter.${value}`) }))}
          />
        </div>
        {rows.length === 0 ? (
          <Blank title={t('proof.nothing-open')} />
        ) : (
          <ul className="proof-list">
            {rows.map(row => (
              <li key={row.memberId}>
                <Door
                  row={row}
                  member={memberOf(row.memberId)}
                  chosen={row === open}
                  onChoose={() => setChosen(row.memberId)}
                />
              </li>
            ))}
          </ul>
        )}
        <p className="proof-keys small muted">{t('proof.keys')}</p>
      </Panel>
      {open ? (
        <ProofDocument
          key={open.memberId}
          templateId={templateId}
          run={run}
          result={open}
          member={memberOf(open.memberId)}
          busy={verdict.isPending}
          onMark={may ? mark : undefined}
        />
      ) : null}
      <Modal
        open={asking}
        title={t('proof.mark-all', { count: String(toMark.length) })}
        okText={t('proof.mark')}
        onCancel={() => setAsking(false)}
        onOk={() => {
          setAsking(false)
          say(toMark, true, () => {
            setUndo(toMark)
            toast.done(t('proof.marked', { count: String(toMark.length) }))
          })
        }}
      >
        <p>{t('proof.mark-all-ask', { count: String(toMark.length) })}</p>
      </Modal>
    </div>
  )
}

interface DoorProps {
  row: ProofResult
  member: ProofMember | undefined
  chosen: boolean
  onChoose: () => void
}

function Door({ row, member, chosen, onChoose }: DoorProps) {
  const speech = useText()
  return (
    <button
      type="button"
      className={chosen ? 'proof-door chosen' : 'proof-door'}
      aria-pressed={chosen}
      onClick={onChoose}
    >
      <span className="grow">
        <span className="strong">{nameOf(speech, member, row.memberId)}</span>
        <span className="small soft">{(member?.why ?? []).map(why => whyInWords(speech, why)).join(' · ')}</span>
      </span>
      <ResultChip row={row} />
    </button>
  )
}
