import { useText } from '../../../i18n/use-text.ts'
import { inShort, inUnit } from './in-unit.ts'
import type { Block } from './types.ts'

interface HeatProps {
  block: Block
  currency: string
  onWho: (who: string, name: string) => void
}

/** A table whose cells are the deeper the higher their value; counts stay plain. Cells with customers behind them can be opened. */
export function Heat({ block, currency, onWho }: HeatProps) {
  const speech = useText()
  const { say } = speech
  const heated = block.columns.map(column => column.unit !== 'count')
  const values = block.rows.flatMap(row =>
    row.values.filter((value, k): value is number => heated[k] === true && value !== null),
  )
  const low = Math.min(...values)
  const high = Math.max(...values)
  const depth = (value: number): number => (high > low ? (value - low) / (high - low) : 0.5)
  return (
    <div className="heat-box">
      <table className="heat-table">
        <caption className="sr-only">{say(block.title)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(block.label)}</th>
            {block.columns.map(column => (
              <th key={column.id} scope="col">
                <span>{say(column.name)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map(row => (
            <tr key={row.key}>
              <th scope="row">{say(row.label)}</th>
              {row.values.map((value, k) => {
                const column = block.columns[k]!
                const who = row.whos?.[k]
                const full = `${say(row.label)}, ${say(column.name)}: ${inUnit(value, column.unit, currency, speech)}`
                const text =
                  value === null
                    ? ''
                    : column.unit === 'times'
                      ? speech.number(value, 2)
                      : inShort(value, column.unit, currency, speech)
                const share = value === null || !heated[k] ? null : depth(value)
                return (
                  <td
                    key={column.id}
                    className={share === null ? undefined : share > 0.55 ? 'heat deep' : 'heat'}
                    style={share === null ? undefined : { ['--depth' as string]: `${Math.round(8 + share * 84)}%` }}
                    title={value === null ? undefined : full}
                  >
                    {who && value !== null ? (
                      <button type="button" aria-label={full} onClick={() => onWho(who, full)}>
                        {text}
                      </button>
                    ) : (
                      text
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
