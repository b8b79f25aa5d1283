import type { LongTask } from './long-task.ts'

/** A task as HTTP tells it; one that failed is answered by its error. */
export function answerOf<T>({ id, state, done, total, result, error }: LongTask<T>) {
  if (state === 'failed') throw error
  return { id, state, done, total, result }
}
