import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import type { QueuePair, ReviewQueue } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Chip,
  Meter,
  Panel,
  Select,
  useHotkeys,
  useProblem,
  useUrlState,
} from '../../../kit/index.ts'
import { PairSides } from './pair-sides.tsx'
import { useAnswers, type Verdict } from './use-answers.ts'
import { Waterfall } from './waterfall.tsx'

const REASONS = ['', 'uncertain', 'sample', 'bridge', 'cut', 'oversized'] as const
/** Fetched at a time; answered far faster than a person can. */
const AHEAD = 20

/** Pairs one after the other, most informative first; hands stay on the keyboard. */
export function Review() {
  const { t } = useText()
  const client = useQueryClient()
  const [reason, setReason] = useUrlState('reason')
  const query = useGet<ReviewQueue>('/identity/queue', { query: { reason, limit: AHEAD }, keep: true })
  return (
    <Async query={query} lines={14}>
      {queue => (
        <div className="stack">
          <div className="toolbar">
            <Select
              aria-label={t('identity.why-asked')}
              value={reason}
              onChange={setReason}
              style={{ minWidth: 220 }}
              options={REASONS.map(value => ({ value, label: t(`identity.reason.${value || 'all'}`) }))}
            />
            <Progress queue={queue} />
          </div>
          {queue.total === 0 ? (
            <Panel>
              <Blank title={t('identity.queue-none')}>{t('identity.queue-none-hint')}</Blank>
            </Panel>
          ) : (
            <Desk
              key={`${queue.runId} ${reason}`}
              queue={queue}
              refetch={() => void client.invalidateQueries({ queryKey: ['/identity/queue'] })}
            />
          )}
        </div>
      )}
    </Async>
  )
}

function Progress({ queue }: { queue: ReviewQueue }) {
  const { t, number } = useText()
  const label = t('identity.progress', { answered: number(queue.answered), total: number(queue.total) })
  return (
    <span className="row count">
      <span className="small">{label}</span>
      <Meter share={queue.total > 0 ? queue.answered / queue.total : 0} label={label} width={120} />
      <span className="small muted">{t('identity.today', { count: queue.today })}</span>
    </span>
  )
}

function Desk({ queue, refetch }: { queue: ReviewQueue; refetch: () => void }) {
  const { t } = useText()
  const may = useMay()
  const problem = useProblem()
  const [at, setAt] = useState(0)
  const answers = useAnswers(refetch)
  const open = queue.rows.filter(row => !answers.answered.has(row.rank))
  const pair = open[Math.min(at, open.length - 1)]
  const canAnswer = may('identity.review')
  const move = (by: number) => (): void => setAt(Math.max(0, Math.min(open.length - 1, at + by)))
  const answer = (verdict: Verdict) => (): void => {
    if (pair && canAnswer) answers.give(pair, verdict)
  }
  useEffect(() => {
    // The next pairs come before the last one is answered.
    if (open.length < 5 && queue.answered + answers.answered.size < queue.total) refetch()
  }, [open.length, queue.answered, queue.total, answers.answered.size, refetch])
  useHotkeys({
    s: answer('same'),
    d: answer('different'),
    u: answer('unsure'),
    z: canAnswer ? answers.takeBack : undefined,
    ArrowRight: move(1),
    ArrowDown: move(1),
    ArrowLeft: move(-1),
    ArrowUp: move(-1),
  })
  return (
    <div className="stack">
      {answers.error ? <Callout tone="bad">{problem(answers.error)}</Callout> : null}
      {pair ? (
        <PairPanel pair={pair} />
      ) : (
        <Panel>
          <Blank title={t('identity.queue-done')}>{t('identity.queue-done-hint')}</Blank>
        </Panel>
      )}
      <div className="row review-keys no-print">
        {canAnswer && pair ? (
          <>
            <Button type="primary" onClick={answer('same')}>
              {t('identity.same')} <kbd className="in-button">S</kbd>
            </Button>
            <Button onClick={answer('different')}>
              {t('identity.different')} <kbd className="in-button">D</kbd>
            </Button>
            <Button onClick={answer('unsure')}>
              {t('identity.unsure')} <kbd className="in-button">U</kbd>
            </Button>
          </>
        ) : null}
        {canAnswer ? (
          <Button disabled={!answers.canTakeBack} onClick={answers.takeBack}>
            {t('identity.undo')} <kbd className="in-button">Z</kbd>
          </Button>
        ) : null}
        <span className="small muted wide-only">
          <kbd>←</kbd> <kbd>→</kbd> {t('identity.keys-move')}
        </span>
        <span className="small muted" role="status">
          {answers.last}
        </span>
      </div>
    </div>
  )
}

function PairPanel({ pair }: { pair: QueuePair }) {
  const { t, percent, number } = useText()
  return (
    <Panel
      title={t('identity.pair', { rank: number(pair.rank) })}
      note={t(`identity.reason-why.${pair.reason}`, { count: pair.groupSize })}
      extra={
        <span className="row">
          <Chip tone={pair.linked ? 'accent' : 'plain'}>{t(pair.linked ? 'identity.linked' : 'identity.apart')}</Chip>
          <Chip>{t('identity.probability', { percent: percent(pair.probability, 1) })}</Chip>
        </span>
      }
    >
      <div className="review-pair">
        <PairSides pair={pair} />
        <Waterfall pair={pair} />
      </div>
    </Panel>
  )
}
