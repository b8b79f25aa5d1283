import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../api/client.ts'
import { useGet } from '../../api/queries.ts'
import { useMay } from '../../api/session.ts'
import type { QualityReport } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Button, Callout, Meter, Panel, useProblem, useUrlState } from '../../kit/index.ts'
import { FailingRowsDrawer } from './failing-rows.tsx'
import { FieldScores } from './quality/field-scores.tsx'
import { Sparkline } from './quality/sparkline.tsx'
import { QualityRules } from './quality-rules.tsx'

/** How far each source can be trusted, and the rules that say so. */
export function Scorecards() {
  const { t, instant } = useText()
  const client = useQueryClient()
  const may = useMay()
  const problem = useProblem()
  /** The newest check when another one was asked for. */
  const [after, setAfter] = useState<number | null>(null)
  const report = useGet<QualityReport>('/quality', {
    every: data => (after !== null && (data?.checkId ?? 0) <= after ? 1500 : false),
  })
  const [source, setSource] = useUrlState('source')
  const [rule, setRule] = useUrlState('rule')
  const again = useMutation({
    mutationFn: () => send<{ after: number }>('POST', '/quality/check', {}),
    onSuccess: async answer => {
      setAfter(answer.after)
      await client.invalidateQueries({ queryKey: ['/quality'] })
    },
  })
  const waiting = again.isPending || (after !== null && (report.data?.checkId ?? 0) <= after)
  const button = may('quality.write') ? (
    <Button onClick={() => again.mutate()} loading={waiting}>
      {waiting ? t('quality.checking') : t('quality.check-now')}
    </Button>
  ) : null
  return (
    <div className="stack">
      {again.error ? <Callout tone="bad">{problem(again.error)}</Callout> : null}
      <Async query={report} lines={10}>
        {data => {
          if (data.sources.length === 0)
            return (
              <Panel>
                <Blank title={t('quality.none')} actions={button}>
                  {t('quality.none-hint')}
                </Blank>
              </Panel>
            )
          const rows = data.rows.filter(row => source === '' || row.source === source)
          const open = data.rows.find(row => ruleKey(row) === rule)
          return (
            <div className="stack">
              {data.rulesChanged ? (
                <Callout tone="warn" extra={button}>
                  {t('quality.rules-changed')}
                </Callout>
              ) : null}
              <div className="cards-row">
                {data.sources.map(card => (
                  <SourceCard
                    key={card.source}
                    card={card}
                    chosen={card.source === source}
                    onChoose={() => setSource(card.source === source ? '' : card.source)}
                  />
                ))}
              </div>
              <FieldScores fields={data.fields.filter(row => source === '' || row.source === source)} />
              <Panel
                title={t('quality.rules')}
                note={t('quality.checked-at', { at: instant(data.at) })}
                extra={data.rulesChanged ? null : button}
                flush
              >
                <QualityRules rows={rows} onOpen={row => setRule(ruleKey(row))} />
              </Panel>
              {open ? <FailingRowsDrawer key={ruleKey(open)} rule={open} onClose={() => setRule('')} /> : null}
            </div>
          )
        }}
      </Async>
    </div>
  )
}

const ruleKey = (row: QualityReport['rows'][number]): string => `${row.source}/${row.rule}`

interface SourceCardProps {
  card: QualityReport['sources'][number]
  chosen: boolean
  onChoose: () => void
}

function SourceCard({ card, chosen, onChoose }: SourceCardProps) {
  const { t, term, number } = useText()
  const tone = card.score >= 97 ? 'good' : card.score >= 90 ? 'warn' : 'bad'
  return (
    <button type="button" className={chosen ? 'score chosen' : 'score'} aria-pressed={chosen} onClick={onChoose}>
      <span className="row apart">
        <span className="strong">{term('source', card.source)}</span>
        <span className={`score-value ${tone}`}>{number(card.score, 1)}</span>
      </span>
      <Meter share={card.score / 100} tone={tone} label={t('quality.score', { score: number(card.score, 1) })} />
      <span className="row apart">
        <span className="small muted">
          {t('quality.records', { count: card.records, shown: number(card.records) })}
        </span>
        {card.history.length > 1 ? <Sparkline what={term('source', card.source)} points={card.history} /> : null}
      </span>
    </button>
  )
}
