import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { WorkflowSchema } from '../stores/workflow/index.ts'
import { jobErrors } from './errors.ts'
import type { GroupProgress, JobFilter } from './jobs.ts'
import { firstFailure, groupProgress } from './progress.ts'

/** Asked this often at least, for what other processes settle. */
const ASK_EVERY_MS = 100
/** And this often at most, when this process settles one batch after the other: a question costs .5 ms. */
const ASK_AGAIN_MS = 20

interface Drain {
  db: Kysely<WorkflowSchema>
  /** Emits `settled` when a batch of this process is done. */
  settled: EventTarget
  /** The jobs of this process stop. */
  stopped: AbortSignal
  filter: JobFilter
  onProgress?: ((progress: GroupProgress) => void) | undefined
  signal?: AbortSignal | undefined
}

export async function drainGroup({ db, settled, stopped, filter, onProgress, signal }: Drain): Promise<GroupProgress> {
  const cancelled = AbortSignal.any(signal ? [stopped, signal] : [stopped])
  let told = ''
  for (;;) {
    if (stopped.aborted) throw jobErrors['platform.jobs-stopped']({ group: filter.group })
    signal?.throwIfAborted()
    const progress = await groupProgress(db, filter)
    const telling = JSON.stringify(progress)
    if (telling !== told) onProgress?.(progress)
    told = telling
    if (progress.active + progress.queued === 0) {
      if (progress.failed > 0) throw await firstFailure(db, filter, progress)
      return progress
    }
    await nextChange(settled, cancelled)
  }
}

async function nextChange(settled: EventTarget, cancelled: AbortSignal): Promise<void> {
  const done = new AbortController()
  const signal = AbortSignal.any([done.signal, cancelled])
  const change = Promise.race([once(settled, 'settled', { signal }), sleep(ASK_EVERY_MS, undefined, { signal })])
  await Promise.allSettled([change, sleep(ASK_AGAIN_MS, undefined, { signal: cancelled })])
  done.abort()
}
