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

type Answer = 'approve' | 'refuse'

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
              {t('learned.effect-backtest', {
                dates: row.backtest.dates.length,
                expected: number(row.backtest.expected),
                actual: number(row.backtest.actual),
              })}
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
          <Chip tone={toneOf(row.state === 'asked' ? 'draft' : row.state)}>{t(`learned.state-${row.state}`)}</Chip>
          <div className="small muted">{t('learned.asked-by', { who: row.madeBy, at: instant(row.madeAt) })}</div>
          {row.decidedBy && row.decidedAt ? (
            <div className="small muted">
              {t('learned.asked-by', { who: row.decidedBy, at: instant(row.decidedAt) })}
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

function Decide({ correction, answer, onDone }: { correction: Correction; answer: Answer; onDone: () => void }) {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const [note, setNote] = useState('')
  const change = useChangeOf<unknown>(['/customer-model', '/segments'], () => {
    toast.done(t('learned.decided'))
    onDone()
  })
  return (
    <Modal
      open
      title={t(`learned.${answer}`)}
      okText={t(`learned.${answer}`)}
      okButtonProps={{ danger: answer === 'refuse', loading: change.isPending }}
      onOk={() =>
        change.mutate({
          method: 'POST',
          path: `/customer-model/corrections/${correction.id}/${answer}`,
          body: { note },
        })
      }
      onCancel={onDone}
    >
      <div className="stack">
        <p>{t(`learned.${answer}-ask`)}</p>
        <Input.TextArea
          value={note}
          onChange={event => setNote(event.target.value)}
          rows={2}
          maxLength={2000}
          placeholder={t('learned.note')}
          aria-label={t('learned.note')}
        />
        {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
      </div>
    </Modal>
  )
}
