import type { PlanView } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank } from '../../kit/index.ts'

type Row = PlanView['byOffer'][number]

/** Who gets what: offers down, channels across; the shade of a cell is its share of the largest. */
export function ByOffer({ rows, currency }: { rows: Row[]; currency: string }) {
  const { t, say, term, number, money, percent } = useText()
  if (rows.length === 0) return <Blank title={t('plan.nobody')}>{t('plan.nobody-hint')}</Blank>
  const channels = [...new Set(rows.map(row => row.channel))]
  const offers = [...new Map(rows.map(row => [row.offer, row.name])).entries()]
  const most = Math.max(...rows.map(row => row.customers), 1)
  const of = (offer: string): Row[] => rows.filter(row => row.offer === offer)
  const sum = (list: Row[], by: (row: Row) => number): number => list.reduce((total, row) => total + by(row), 0)
  return (
    <div className="table-box">
      <table className="table matrix">
        <thead>
          <tr>
            <th scope="col">{t('plan.offer')}</th>
            {channels.map(channel => (
              <th key={channel} scope="col" className="right">
                {term('channel', channel)}
              </th>
            ))}
            <th scope="col" className="right">
              {t('plan.customers')}
            </th>
            <th scope="col" className="right">
              {t('plan.acceptance')}
            </th>
            <th scope="col" className="right">
              {t('plan.cost')}
            </th>
            <th scope="col" className="right">
              {t('plan.value')}
            </th>
          </tr>
        </thead>
        <tbody>
          {offers.map(([offer, name]) => {
            const own = of(offer)
            const customers = sum(own, row => row.customers)
            return (
              <tr key={offer}>
                <td className="strong">{say(name)}</td>
                {channels.map(channel => {
                  const cell = own.find(row => row.channel === channel)
                  return (
                    <td
                      key={channel}
                      className="right heat"
                      title={
                        cell
                          ? t('plan.cell', { value: money(cell.value, currency), acceptance: percent(cell.acceptance) })
                          : ''
                      }
                      style={{
                        background: `color-mix(in srgb, var(--accent) ${cell ? Math.round(6 + (30 * cell.customers) / most) : 0}%, transparent)`,
                      }}
                    >
                      {cell ? number(cell.customers) : <span className="muted">–</span>}
                    </td>
                  )
                })}
                <td className="right strong">{number(customers)}</td>
                <td className="right">
                  {percent(customers > 0 ? sum(own, row => row.acceptance * row.customers) / customers : 0)}
                </td>
                <td className="right">
                  {money(
                    sum(own, row => row.cost),
                    currency,
                  )}
                </td>
                <td className="right">
                  {money(
                    sum(own, row => row.value),
                    currency,
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <td>{t('segments.together')}</td>
            {channels.map(channel => (
              <td key={channel} className="right">
                {number(
                  sum(
                    rows.filter(row => row.channel === channel),
                    row => row.customers,
                  ),
                )}
              </td>
            ))}
            <td className="right">{number(sum(rows, row => row.customers))}</td>
            <td />
            <td className="right">
              {money(
                sum(rows, row => row.cost),
                currency,
              )}
            </td>
            <td className="right">
              {money(
                sum(rows, row => row.value),
                currency,
              )}
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
