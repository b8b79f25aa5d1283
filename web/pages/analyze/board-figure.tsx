import type { Board } from '../../api/types.ts'
import { type Speech, useText } from '../../i18n/use-text.ts'
import { Meter, Panel } from '../../kit/index.ts'

type Figure = Board['pages'][number]['figures'][number]

interface BoardFigureProps {
  figure: Figure
  currency: string
  nameOf: (segment: string) => string
}

/** A figure, how it is reckoned, and the same by segment. */
export function BoardFigure({ figure, currency, nameOf }: BoardFigureProps) {
  const speech = useText()
  const { t, say, number } = speech
  const most = Math.max(...figure.bySegment.map(row => Math.abs(row.value)), 1e-9)
  return (
    <Panel
      title={say(figure.name)}
      note={say(figure.formula)}
      extra={<span className="board-value">{inUnit(figure.value, figure.unit, currency, speech)}</span>}
    >
      <ul className="board-rows">
        {figure.bySegment
          .toSorted((a, b) => b.value - a.value)
          .map(row => (
            <li key={row.segment}>
              <span
                className="name"
                title={t('board.customers', { count: row.customers, shown: number(row.customers) })}
              >
                {nameOf(row.segment)}
              </span>
              <Meter
                share={Math.abs(row.value) / most}
                label={nameOf(row.segment)}
                tone={row.value < 0 ? 'bad' : undefined}
              />
              <span className="right">{inUnit(row.value, figure.unit, currency, speech)}</span>
            </li>
          ))}
      </ul>
    </Panel>
  )
}

/** Units of the board: minor (money), share, days, count and the like. */
function inUnit(value: number, unit: string, currency: string, { number, percent, money, term }: Speech): string {
  if (unit === 'minor' || unit === 'money') return money(value, currency)
  if (unit === 'share' || unit === '%' || unit === 'percent' || unit === 'rate') return percent(value)
  const digits = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 2
  return unit === '' || unit === 'count' ? number(value, digits) : `${number(value, digits)} ${term('unit', unit)}`
}
