import type { MatrixCell, MatrixView } from '../../../../api/segments.ts'
import { useCurrency } from '../../../../api/use-currency.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { useClassName } from './use-class-name.ts'

interface MatrixGridProps {
  data: MatrixView
  chosen: string
  onOpen: (cell: MatrixCell) => void
}

/** Risk down, the highest first; value across. The shade of a cell is its share of what is at risk. */
export function MatrixGrid({ data, chosen, onOpen }: MatrixGridProps) {
  const { t, say, number, money } = useText()
  const currency = useCurrency()
  const className = useClassName(data)
  const risk = Math.max(1, ...data.cells.map(cell => cell.atRiskMinor))
  const values = data.valueCuts.length + 1
  const risks = Array.from({ length: data.churnCuts.length + 1 }, (_, i) => data.churnCuts.length - i)
  return (
    <div
      className="value-churn"
      style={{ gridTemplateColumns: `minmax(84px, auto) repeat(${values}, minmax(0, 1fr))` }}
    >
      <div className="axis-corner small muted">{t('matrix.axes')}</div>
      {Array.from({ length: values }, (_, value) => (
        <div key={className('value', value)} className="axis-name">
          {className('value', value)}
        </div>
      ))}
      {risks.map(churn => (
        <div key={className('churn', churn)} className="matrix-line">
          <div className="axis-name side">{className('churn', churn)}</div>
          {data.cells
            .filter(cell => cell.churn === churn)
            .map(cell => (
              <button
                type="button"
                key={`${cell.value}`}
                className={chosen === `${cell.value}-${cell.churn}` ? 'matrix-cell chosen' : 'matrix-cell'}
                style={{
                  background: `color-mix(in srgb, var(--bad) ${Math.round((26 * cell.atRiskMinor) / risk)}%, var(--surface))`,
                }}
                onClick={() => onOpen(cell)}
              >
                <span className="strong">{say(cell.name)}</span>
                <span>{t('matrix.people', { count: number(cell.customers) })}</span>
                <span className="small muted">
                  {t('matrix.risk-of', { amount: money(cell.atRiskMinor, currency) })}
                </span>
                <span className="small cell-strategy">{say(cell.strategy)}</span>
              </button>
            ))}
        </div>
      ))}
    </div>
  )
}
