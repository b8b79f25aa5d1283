import type { PurchaseRow } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'

export function PurchaseItems({ row, currency }: { row: PurchaseRow; currency: string }) {
  const { say, number, money } = useText()
  // An invoice may carry the same line twice.
  const items = row.items.map((item, index) => ({ ...item, key: `${item.code} ${index}` }))
  return (
    <ul className="items">
      {items.map(item => (
        <li key={item.key}>
          <span className="mono muted">{item.code}</span>
          <span className="grow">{say(item.name)}</span>
          <span className="nowrap soft">× {number(item.quantity)}</span>
          <span className="nowrap">{money(item.amountMinor, currency, { pennies: true })}</span>
        </li>
      ))}
    </ul>
  )
}
