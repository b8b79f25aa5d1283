import { useState } from 'react'
import { Link } from 'react-router'
import type { Correction, CorrectionList } from '../../api/learning.ts'
import { useGet } from '../../api/queries.ts'
import { useMay, useSession } from '../../api/session.ts'
import { useChangeOf } from '../../api/use-change.ts'
import { useText } from '../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Callout,
  Chip,
  type Column,
  DataTable,
  Input,
  Modal,
  Panel,
  toneOf,
  useProblem,
  useToast,
} from '../../kit/index.ts'

type Answer = 'approve' | 'refuse' | 'take-back'

/** Corrections asked for, with their effect on the past, and who decided. */
export function CorrectionsTab() {
  const { t } = useText()
  const list = useGet<CorrectionList>('/customer-model/corrections')
  const [deciding, setDeciding] = useState<{ correction: Correction; answer: Answer } | null>(null)
  return (
    <Panel title={t('learned.corrections')} flush>
      <Async query={list} lines={6}>
        {({ rows }) => (
          <Corrections rows={rows} onDecide={(correction, answer) => setDeciding({ correction, answer })} />
        )}
      </Async>
      {deciding ? (
        <Decide
          key={`${deciding.correction.id}${deciding.answer}`}
          correction={deciding.correction}
          answer={deciding.answer}
          onDone={() => setDeciding(null)}
        />
      ) : null}
    </Panel>
  )
}

interface CorrectionsProps {
  rows: Correction[]
  onDecide: (correction: Correction, answer: Answer) => void
}

function Corrections({ rows, onDecide }: CorrectionsProps) {
  const { t, say, number, day, instant } = useText()
  const may = useMay()
  const { data: user } = useSession()
  const columns: Column<Correction>[] = [
    {
      id: 'subject',
      title: t('learned.subject'),
      cell: row => (
        <>
          <span className="strong">{say(row.name)}</span>
          <div className="small muted">{day(row.asOf)}</div>
          <div className="small muted wrap">{say(row.evidence)}</div>
        </>
      ),
    },
    {
      id: 'what',
      title: t('learned.what'),
      cell: row => (
        <>
          {row.how ? <Chip tone="outline">{t(`learned.${row.how}`)}</Chip> : null}{' '}
          <span className="wrap">{say(row.words)}</span>
        </>
      ),
    },
    {
      id: 'effect',
      title: t('learned.effect'),
      cell: row => (
        <>
          {row.split ? (
            <div className="small wrap">
              {t('learned.effect-split', {
                before: number(row.split.before, 2),
                after: number(row.split.after, 2),
                left: number(row.split.left, 2),
                kept: number(row.split.kept),
              })}
            </div>
          ) : null}
          {row.backtest ? (
            <div className="small wrap">
              {t(row.backtest.inUse === null ? 'learned.effect-backtest' : 'learned.effect-backtest-both', {
                dates: row.backtest.dates.length,
                expected: number(row.backtest.expected),
                actual: number(row.backtest.actual),
                inUse: number(row.backtest.inUse ?? 0),
              })}
              {isNearer(row.backtest) ? null : (
                <div>
                  <Chip tone="warn">{t('learned.no-nearer')}</Chip>
                </div>
              )}
            </div>
          ) : null}
          {row.versionId !== null ? <Link to={`/segments/rules/${row.versionId}`}>{t('learned.trial')}</Link> : null}
          {row.kind === 'retrain' ? <Link to="/models/churn">{t('learned.backtest')}</Link> : null}
        </>
      ),
    },
    {
      id: 'state',
      title: t('learned.decide'),
      cell: row => (
        <>
          <Chip tone={toneOf(tones[row.state] ?? row.state)}>{t(`learned.state-${row.state}`)}</Chip>
          <Holds row={row} />
          <div className="small muted">{t('learned.asked-by', { who: row.madeBy, at: instant(row.madeAt) })}</div>
          {row.decidedBy && row.decidedAt ? (
            <div className="small muted">
              {t('learned.asked-by', { who: row.decidedBy, at: instant(row.decidedAt) })}
            </div>
          ) : null}
          {row.takenBackBy && row.takenBackAt ? (
            <div className="small muted">
              {t('learned.taken-back-by', { who: row.takenBackBy, at: instant(row.takenBackAt) })}
            </div>
          ) : null}
          {row.note ? <div className="small muted wrap">{row.note}</div> : null}
          {row.state === 'asked' && may('segments.approve') ? (
            row.madeById === user?.userId ? (
              <div className="small muted">{t('learned.own')}</div>
            ) : (
              <div className="row">
                <Button size="small" type="primary" onClick={() => onDecide(row, 'approve')}>
                  {t('learned.approve')}
                </Button>
                <Button size="small" danger onClick={() => onDecide(row, 'refuse')}>
                  {t('learned.refuse')}
                </Button>
              </div>
            )
          ) : null}
          {row.state === 'approved' && may('segments.approve') ? (
            <Button size="small" onClick={() => onDecide(row, 'take-back')}>
              {t('learned.take-back')}
            </Button>
          ) : null}
        </>
      ),
    },
  ]
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowId={row => row.id}
      empty={<Blank title={t('learned.no-corrections')}>{t('learned.no-corrections-hint')}</Blank>}
    />
  )
}

const tones: Partial<Record<Correction['state'], string>> = { asked: 'draft', 'taken-back': 'withdrawn' }

/** Whether what is learned anew comes nearer to what came than the version in use does. */
const isNearer = ({ inUse, expected, actual }: NonNullable<Correction['backtest']>): boolean =>
  inUse === null || Math.abs(expected - actual) < Math.abs(inUse - actual)

/** From when an approved correction is what turns use; of a training, what came of it. */
function Holds({ row }: { row: Correction }) {
  const { t, say, day } = useText()
  if (row.state !== 'approved') return null
  const { outcome } = row
  const words =
    row.kind === 'segment-rule'
      ? t('learned.holds-from', { day: row.from ? day(row.from) : '–' })
      : row.kind === 'withdraw-need'
        ? t('learned.holds-need')
        : outcome === null
          ? t('learned.holds-training')
          : outcome.problem
            ? say(outcome.problem)
            : t('learned.holds-model', { version: outcome.version ?? '–' })
  return <div className="small wrap">{words}</div>
}

function Decide({ correction, answer, onDone }: { correction: Correction; answer: Answer; onDone: () => void }) {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const [note, setNote] = useState('')
  const change = useChangeOf<unknown>(['/customer-model', '/segments', '/models', '/needs'], () => {
    toast.done(t(answer === 'take-back' ? 'learned.is-taken-back' : 'learned.decided'))
    onDone()
  })
  return (
    <Modal
      open
      title={t(`learned.${answer}`)}
      okText={t(`learned.${answer}`)}
      okButtonProps={{ danger: answer !== 'approve', loading: change.isPending }}
      onOk={() =>
        change.mutate({
          method: 'POST',
          path: `/customer-model/corrections/${correction.id}/${answer}`,
          ...(answer === 'take-back' ? {} : { body: { note } }),
        })
      }
      onCancel={onDone}
    >
      <div className="stack">
        <p>{t(`learned.${answer}-ask`)}</p>
        {answer === 'take-back' ? null : (
          <Input.TextArea
            value={note}
            onChange={event => setNote(event.target.value)}
            rows={2}
            maxLength={2000}
            placeholder={t('learned.note')}
            aria-label={t('learned.note')}
          />
        )}
        {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
