import { useGet } from '../../api/queries.ts'
import { useMay } from '../../api/session.ts'
import type { Board } from '../../api/types.ts'

/** The currency the company counts in, as its board says; segment figures come without one. */
export function useBoardCurrency(): string {
  const may = useMay()
  const board = useGet<Board>('/board', { enabled: may('insight.read') })
  return board.data?.currency ?? 'GBP'
}
