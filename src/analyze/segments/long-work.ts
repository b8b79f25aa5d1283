import type { App } from '../../platform/app.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'

type LongTable = 'segment_trials' | 'segment_suggestions'

const WRITE_EVERY_MS = 500

/** Does the work of one row and writes how far it is, then what came of it; what a person can meet is kept in both languages. */
export async function workThrough<T>(
  app: App,
  table: LongTable,
  id: number,
  work: (report: (share: number, note?: string) => void) => Promise<T>,
): Promise<void> {
  const { db } = app.workflow
  const set = (values: Record<string, unknown>) => db.updateTable(table).set(values).where('id', '=', id).execute()
  await set({ state: 'running', done: 0, total: 1, error: null })
  let written = 0
  let writing: Promise<unknown> = Promise.resolve()
  try {
    const result = await work((share, note = '') => {
      if (Date.now() - written < WRITE_EVERY_MS) return
      written = Date.now()
      writing = writing.then(() => set({ done: share, note })).catch(() => undefined)
    })
    await writing
    await set({ state: 'done', done: 1, result: asJson(result) })
  } catch (error) {
    await writing
    const said =
      error instanceof HuiyinError
        ? { en: error.messageIn('en'), zh: error.messageIn('zh-CN') }
        : { en: String((error as Error).message ?? error), zh: String((error as Error).message ?? error) }
    await set({ state: 'failed', error: asJson(said) })
    if (!(error instanceof HuiyinError)) throw error
  }
}
