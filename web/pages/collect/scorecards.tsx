import { useGet } from '../../api/queries.ts'
import type { QualityReport } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Meter, Panel, useUrlState } from '../../kit/index.ts'
import { FailingRowsDrawer } from './failing-rows.tsx'
import { QualityRules } from './quality-rules.tsx'

/** How far each source can be trusted, and the rules that say so. */
export function Scorecards() {
  const { t, instant } = useText()
  const report = useGet<QualityReport>('/quality')
  const [source, setSource] = useUrlState('source')
  const [rule, setRule] = useUrlState('rule')
  return (
    <Async query={report} lines={10}>
      {data => {
        if (data.sources.length === 0)
          return (
            <Panel>
              <Blank title={t('quality.none')}>{t('quality.none-hint')}</Blank>
            </Panel>
          )
        const rows = data.rows.filter(row => source === '' || row.source === source)
        const open = data.rows.find(row => ruleKey(row) === rule)
        return (
          <div className="stack">
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
            <Panel title={t('quality.rules')} note={t('quality.checked-at', { at: instant(data.at) })} flush>
              <QualityRules rows={rows} onOpen={row => setRule(ruleKey(row))} />
            </Panel>
            {open ? <FailingRowsDrawer rule={open} onClose={() => setRule('')} /> : null}
          </div>
        )
      }}
    </Async>
  )
}

const ruleKey = (row: QualityReport['rows'][number]): string => `${row.source}/${row.field}/${row.rule}`

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
      <span className="small muted">{t('quality.records', { count: card.records, shown: number(card.records) })}</span>
    </button>
  )
}
