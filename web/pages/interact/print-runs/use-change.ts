import { type Change, useChangeOf } from '../../../api/use-change.ts'

/** A change of print runs; the pages that show them ask again. */
export const useChange = <T = unknown>(onDone?: (answer: T, sent: Change) => void) =>
  useChangeOf<T>(['/print-runs'], onDone)
