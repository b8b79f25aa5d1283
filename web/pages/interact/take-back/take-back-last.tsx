import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Callout, useHotkeys, useProblem } from '../../../kit/index.ts'
import { TakeBack } from './take-back.tsx'
import type { OutcomeList } from './types.ts'

/** U: the agent's last outcome, whatever page of the desk is open. What is typed in the call in hand stays. */
export function TakeBackLast() {
  const { t } = useText()
  const problem = useProblem()
  const [open, setOpen] = useState(false)
  const last = useGet<OutcomeList>('/desk/outcomes', { query: { state: 'stands', limit: 1 }, enabled: open })
  useHotkeys({ u: () => setOpen(shown => !shown) })
  if (!open) return null
  if (last.error) return <Callout tone="bad">{problem(last.error)}</Callout>
  if (!last.data) return null
  const row = last.data.rows[0]
  const why = row?.mayNot
  if (!row || why) return <NotNow why={why ?? { en: t('tb.nothing-last'), zh: t('tb.nothing-last') }} />
  return <TakeBack root="/desk" row={row} onClose={() => setOpen(false)} />
}

function NotNow({ why }: { why: { en: string; zh: string } }) {
  const { say } = useText()
  return <Callout tone="warn">{say(why)}</Callout>
}
