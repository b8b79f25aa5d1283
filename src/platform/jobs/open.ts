import { setTimeout as sleep } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import type { Workflow } from '../stores/workflow/index.ts'
import { assertOutsideTransaction } from '../stores/workflow/transaction-guard.ts'
import { drainGroup } from './drain.ts'
import { jobErrors } from './errors.ts'
import type { JobDefinition } from './job.ts'
import { indexGroups, putBack, putBackAllActive } from './job-table.ts'
import type { Jobs } from './jobs.ts'
import { forgetGroup, groupProgress, jobCounts } from './progress.ts'
import { type Pulse, startPulse } from './pulse.ts'
import { ensureQueues, queueName } from './queues.ts'
import { assertValid, sendJobs } from './send.ts'
import { type Crew, type InFlight, startWorker } from './work.ts'

export interface JobsConfig {
  workflow: Workflow
  /** Every job that this process may send, schedule or work. */
  definitions: readonly JobDefinition[]
  /** What goes wrong beside a handler: a lost connection, a bad schedule. Default: `process.emitWarning`. */
  onError?: (error: Error) => void
  /** Servers only: how often workers give a sign of life, and after how long without one they are taken to be dead. */
  pulse?: Pulse
}

/** What a handler has, after its signal was aborted, to return. */
const WIND_UP_MS = 1000

const warn = (error: Error): void => process.emitWarning(error)

export async function openJobs({ workflow, definitions, onError = warn, pulse }: JobsConfig): Promise<Jobs> {
  assertOutsideTransaction('jobs')
  const { db } = workflow
  const boss = new PgBoss({ ...workflow.forJobs, useListenNotify: true })
  boss.on('error', onError)
  await boss.start()
  await indexGroups(db)
  if (workflow.kind === 'embedded') await putBackAllActive(db)
  await ensureQueues(boss, definitions)

  const known = new Set(definitions.map(queueName))
  const inFlight: InFlight = new Map()
  const settled = new EventTarget()
  /** From here on nothing new is begun, and who waits for jobs is told. */
  const closing = new AbortController()
  /** From here on handlers are cut short. */
  const stopping = new AbortController()
  const beat = workflow.kind === 'server' ? startPulse(boss, db, inFlight, onError, pulse) : undefined

  async function know(definition: JobDefinition, insideTransaction: boolean): Promise<void> {
    if (known.has(queueName(definition))) return
    if (insideTransaction) throw jobErrors['platform.job-unknown']({ job: definition.name })
    await ensureQueues(boss, [definition])
    known.add(queueName(definition))
  }

  const jobs: Jobs = {
    async send(job, data, { key, ...options } = {}) {
      const [id] = await jobs.sendMany(job, [data], { ...options, ...(key === undefined ? {} : { key: () => key }) })
      return id as string
    },
    async sendMany(job, datas, options = {}) {
      if (!options.tx) assertOutsideTransaction('jobs.send without tx')
      await know(job as JobDefinition, options.tx !== undefined)
      return sendJobs(boss, workflow, job, datas, options)
    },
    async work(list, services) {
      assertOutsideTransaction('jobs.work')
      const onSettled = () => settled.dispatchEvent(new Event('settled'))
      const crew: Crew = { boss, jobs, services, inFlight, stopped: stopping.signal, onSettled }
      for (const definition of list) {
        await know(definition, false)
        for (let i = 0; i < (definition.concurrency ?? 1); i++) await startWorker(crew, definition)
      }
    },
    async schedule(job, cron, data, { timeZone = 'UTC', key } = {}) {
      assertOutsideTransaction('jobs.schedule')
      await know(job as JobDefinition, false)
      assertValid(job, data)
      await boss.schedule(queueName(job), cron, data as object, { tz: timeZone, ...(key ? { key } : {}) })
    },
    async unschedule(job, { key } = {}) {
      assertOutsideTransaction('jobs.unschedule')
      await boss.unschedule(queueName(job), key)
    },
    drain: (filter, onProgress, signal) =>
      drainGroup({ db, settled, stopped: closing.signal, filter, onProgress, signal }),
    progress: filter => groupProgress(db, filter),
    forget: filter => forgetGroup(db, filter),
    counts: () => jobCounts(db),
    async stop({ graceful = true, timeoutSeconds = 30 } = {}) {
      if (closing.signal.aborted) return
      closing.abort()
      const idle = Promise.all([...known].map(queue => boss.offWork(queue, { wait: true })))
      if (graceful) await Promise.race([idle, sleep(timeoutSeconds * 1000, undefined, { ref: false })])
      stopping.abort()
      await Promise.race([idle, sleep(WIND_UP_MS, undefined, { ref: false })])
      const cutShort = [...inFlight].map(([queue, ids]) => [queue, [...ids]] as const)
      await beat?.stop()
      await boss.stop({ graceful: false })
      for (const [queue, ids] of cutShort) if (ids.length > 0) await putBack(db, queue, ids)
    },
  }
  return jobs
}
