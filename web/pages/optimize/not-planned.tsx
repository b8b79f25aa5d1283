import type { PlanView } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Blank, Meter } from '../../kit/index.ts'

/** Those who get nothing, by the first reason that shut them out. */
export function NotPlanned({ rows }: { rows: PlanView['notPlanned'] }) {
  const { t, say, number } = useText()
  if (rows.length === 0) return <Blank title={t('plan.everybody')} />
  const most = Math.max(...rows.map(row => row.customers), 1)
  return (
    <ul className="board-rows wordy">
      {rows
        .filter(row => row.customers > 0)
        .toSorted((a, b) => b.customers - a.customers)
        .map(row => (
          <li key={row.reason}>
            <span>{say(row.name)}</span>
            <Meter share={row.customers / most} label={number(row.customers)} />
            <span className="right strong">{number(row.customers)}</span>
          </li>
        ))}
    </ul>
  )
}
