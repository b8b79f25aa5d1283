import { useGet } from './queries.ts'
import { useMay } from './session.ts'
import type { Board, ContactPolicy } from './types.ts'

/**
 * The currency the company counts in, for figures that come without one: the contact policy's, whose budget pays for the
 * plan, or the board's for those who do not see the policy. Nobody else is shown such figures.
 */
export function useCurrency(): string {
  const may = useMay()
  const planner = may('plan.read')
  const policy = useGet<ContactPolicy>('/contact-policy', { enabled: planner })
  const board = useGet<Board>('/board', { enabled: !planner && may('insight.read') })
  return policy.data?.currency ?? board.data?.currency ?? 'GBP'
}
