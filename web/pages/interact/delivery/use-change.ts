import { type Change, useChangeOf } from '../../../api/use-change.ts'

/** A change of delivery; every figure of it is asked for again. */
export const useChange = <T = unknown>(onDone?: (answer: T, sent: Change) => void) =>
  useChangeOf<T>(['/delivery'], onDone)
