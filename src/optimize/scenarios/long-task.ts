/** Work that may outlast a request: started once per key, asked about until it is done. What it answers is kept for a while. */
export interface LongTask<T> {
  id: string
  state: 'running' | 'done' | 'failed'
  done: number
  total: number
  result: T | null
  error: unknown
}

const KEPT = 40
const tasks = new Map<string, LongTask<unknown>>()

export function startTask<T>(
  id: string,
  work: (progress: (done: number, total: number) => void) => Promise<T>,
): LongTask<T> {
  const there = tasks.get(id) as LongTask<T> | undefined
  if (there && there.state !== 'failed') return there
  const task: LongTask<T> = { id, state: 'running', done: 0, total: 1, result: null, error: null }
  tasks.delete(id)
  tasks.set(id, task)
  for (const [old, { state }] of tasks) {
    if (tasks.size <= KEPT) break
    if (state !== 'running') tasks.delete(old)
  }
  void work((done, total) => Object.assign(task, { done, total })).then(
    result => Object.assign(task, { state: 'done', result }),
    error => Object.assign(task, { state: 'failed', error }),
  )
  return task
}

export const taskOf = <T>(id: string): LongTask<T> | undefined => tasks.get(id) as LongTask<T> | undefined

/** What is there after a moment: short work answers at once, longer work is asked about again. */
export async function soon<T>(task: LongTask<T>, milliseconds = 1500): Promise<LongTask<T>> {
  const until = Date.now() + milliseconds
  while (task.state === 'running' && Date.now() < until) await new Promise(resolve => setTimeout(resolve, 15))
  return task
}
