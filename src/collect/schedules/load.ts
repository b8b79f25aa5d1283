/**
 * One source read on somebody's word or by its schedule: every file of it that is not in yet, or its table from the cursor on.
 * Whatever is committed stays when it is killed; the job runs again and goes on with the first file that is missing.
 */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { App, Progress } from '../../platform/app.ts'
import { HuiyinError } from '../../platform/errors.ts'
import { asJson } from '../../platform/stores/workflow/index.ts'
import type { Text } from '../../platform/text.ts'
import { type ImportResult, importFile, sweepKilledImports } from '../import/import-file.ts'
import { oneAtATime } from '../import/one-at-a-time.ts'
import { isAddress, maskAddress } from '../importers/address.ts'
import { filesOf, sourceNamed } from '../sources.ts'

export interface LoadResult extends Record<string, unknown> {
  files: number
  /** Files that were in already. */
  known: number
  rowsIn: number
  stored: number
  duplicates: number
  quarantined: number
  seconds: number
}

/** A file somebody is still copying into the folder is left for the next time. */
const SETTLED_MS = 3_000

export async function beginLoad(app: App, source: string, trigger: 'hand' | 'schedule', by: number): Promise<number> {
  const { id } = await app.workflow.db
    .insertInto('collect_loads')
    .values({
      source,
      trigger,
      state: 'waiting',
      asked_by: by,
      done: 0,
      total: 0,
      note: '',
      result: asJson({}),
      error: asJson(null),
      started_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Runs a load that was begun; how it ends is kept with it, and a failure is thrown on. */
export async function runLoad(app: App, loadId: number, signal?: AbortSignal): Promise<LoadResult> {
  const { db } = app.workflow
  const load = await db
    .selectFrom('collect_loads')
    .select(['source', 'trigger'])
    .where('id', '=', loadId)
    .executeTakeFirstOrThrow()
  const set = (values: { done?: number; total?: number; note?: string }) =>
    db.updateTable('collect_loads').set(values).where('id', '=', loadId).execute()
  let told = 0
  const progress: Progress = (done, total, note = '') => {
    // Four steps a file come quickly for small ones; the page asks once a second.
    if (Date.now() - told < 500) return
    told = Date.now()
    void set({ done, total, note: maskAddress(note) }).catch(() => undefined)
  }
  await db.updateTable('collect_loads').set({ state: 'running' }).where('id', '=', loadId).execute()
  try {
    const work = async () => {
      await markInterrupted(app, load.source, loadId)
      return loadSource(app, load.source, load.trigger, progress, signal)
    }
    const result = await oneAtATime(app, work, {
      ...(signal ? { signal } : {}),
    })
    await db
      .updateTable('collect_loads')
      .set({
        state: 'done',
        result: asJson<Record<string, unknown>>(result),
        done: 1,
        total: 1,
        finished_at: new Date(),
      })
      .where('id', '=', loadId)
      .execute()
    return result
  } catch (error) {
    // Stopped with the process: the job is put back and goes on later.
    if (!signal?.aborted)
      await db
        .updateTable('collect_loads')
        .set({ state: 'failed', error: asJson<Text | null>(wordsOf(error)), finished_at: new Date() })
        .where('id', '=', loadId)
        .execute()
    throw error
  }
}

/** Whoever holds the lock is the only one who runs: others of this source that say so were killed. */
async function markInterrupted(app: App, source: string, loadId: number): Promise<void> {
  await app.workflow.db
    .updateTable('collect_loads')
    .set({
      state: 'failed',
      error: asJson<Text | null>({ en: 'Interrupted; the next one went on.', zh: '已中断，由后一次继续。' }),
      finished_at: new Date(),
    })
    .where('source', '=', source)
    .where('state', '=', 'running')
    .where('id', '!=', loadId)
    .execute()
}

const wordsOf = (error: unknown): Text => {
  if (error instanceof HuiyinError) return { en: error.messageIn('en'), zh: error.messageIn('zh-CN') }
  const text = maskAddress(error instanceof Error ? error.message : String(error)).slice(0, 500)
  return { en: text, zh: text }
}

async function loadSource(
  app: App,
  name: string,
  trigger: 'hand' | 'schedule',
  progress: Progress,
  signal?: AbortSignal,
): Promise<LoadResult> {
  const started = performance.now()
  await sweepKilledImports(app)
  const source = await sourceNamed(app, name)
  const files = await filesOf(source)
  const settled = trigger === 'schedule' ? await settledFiles(files) : files
  const results: ImportResult[] = []
  for (const [index, path] of settled.entries()) {
    signal?.throwIfAborted()
    const note = basename(path)
    results.push(
      await importFile(app, source.mapping, path, (done, total) =>
        progress(index * total + done, settled.length * total, note),
      ),
    )
  }
  const fresh = results.filter(result => !result.known)
  const sum = (of: (result: ImportResult) => number) => fresh.reduce((total, result) => total + of(result), 0)
  return {
    files: fresh.length,
    known: results.length - fresh.length,
    rowsIn: sum(result => result.rowsIn),
    stored: sum(result => result.stored),
    duplicates: sum(result => result.duplicates),
    quarantined: sum(result => result.quarantined),
    seconds: Math.round(performance.now() - started) / 1000,
  }
}

async function settledFiles(files: string[]): Promise<string[]> {
  const settled: string[] = []
  for (const path of files) {
    if (isAddress(path)) settled.push(path)
    else {
      const info = await stat(path).catch(() => null)
      // One that is missing is named by the import.
      if (!info || Date.now() - info.mtimeMs > SETTLED_MS) settled.push(path)
    }
  }
  return settled
}
