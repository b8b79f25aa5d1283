import { type Change, useChangeOf } from '../../../api/use-change.ts'

/** A change that calls, lists and what is shown of customers depend on. */
export const useDeskChange = <T>(onDone?: (answer: T, sent: Change) => void) =>
  useChangeOf<T>(['/tasks', '/desk', '/customers'], onDone)
