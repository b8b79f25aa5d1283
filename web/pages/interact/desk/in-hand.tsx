import { Link } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import type { TaskList } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout } from '../../../kit/index.ts'

/** Calls this agent holds and has not ended: after a browser that died, or since another one came in between. */
export function InHand({ except = '' }: { except?: string }) {
  const { t, say } = useText()
  const held = useGet<TaskList>('/tasks', {
    query: { state: 'held', mine: 'true', limit: 20 },
    every: () => 30_000,
  })
  const rows = held.data?.rows.filter(row => row.taskId !== except) ?? []
  if (rows.length === 0) return null
  return (
    <Callout tone="warn">
      <span className="row">
        <span className="strong">{t('tasks.in-hand', { count: rows.length })}</span>
        {rows.map(row => (
          <Link key={row.taskId} to={`/tasks/${row.taskId}`}>
            {row.customerName || t('calls.nobody-yet')} · {say(row.offerName)}
          </Link>
        ))}
      </span>
    </Callout>
  )
}
