import { type Change, useChangeOf } from '../../../api/use-change.ts'

/** A change on this page; what it may have changed is asked for again. */
export const useChange = <T = unknown>(onDone?: (answer: T, sent: Change) => void) =>
  useChangeOf<T>(['/targets', '/api-keys', '/web-sites'], onDone)
