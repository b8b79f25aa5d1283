import { useText } from '../../../i18n/use-text.ts'
import { Explain } from './explain.tsx'
import { inUnit } from './in-unit.ts'
import type { SevenPPage } from './types.ts'

interface StripProps {
  page: SevenPPage
  filtered: boolean
  onWho: (who: string, name: string) => void
}

/** The page's figures, each with how it is reckoned, beside the same of all customers when some are left out. */
export function FigureStrip({ page, filtered, onWho }: StripProps) {
  const speech = useText()
  const { t, say } = speech
  const write = (value: number | null | undefined, unit: SevenPPage['figures'][number]['unit']) =>
    inUnit(value, unit, page.currency, speech)
  return (
    <dl className="figures seven-figures">
      {page.figures.map(figure => {
        const name = say(figure.name)
        const who = figure.who
        return (
          <div className="figure" key={figure.id}>
            <dt>
              {name}{' '}
              <Explain
                name={name}
                formula={say(figure.formula)}
                table={figure.table}
                lineage={page.lineage}
                asOf={page.asOf}
                onCustomers={who === undefined ? undefined : () => onWho(who, name)}
              />
            </dt>
            <dd className="value">
              {who !== undefined && figure.value !== null ? (
                <button
                  type="button"
                  className="figure-open"
                  onClick={() => onWho(who, name)}
                  title={t('seven.customers')}
                >
                  {write(figure.value, figure.unit)}
                </button>
              ) : (
                write(figure.value, figure.unit)
              )}
            </dd>
            {figure.low != null && figure.high != null ? (
              <dd className="note">
                {t('seven.between', { low: write(figure.low, figure.unit), high: write(figure.high, figure.unit) })}
              </dd>
            ) : null}
            {filtered && figure.all != null ? (
              <dd className="note">{t('seven.of-all', { value: write(figure.all, figure.unit) })}</dd>
            ) : null}
            {figure.note ? <dd className="note">{say(figure.note)}</dd> : null}
          </div>
        )
      })}
    </dl>
  )
}
