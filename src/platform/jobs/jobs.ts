import type { WorkflowTransaction } from '../stores/workflow/index.ts'
import type { JobDefinition, JobName, JobServices } from './job.ts'

export interface SendOptions {
  /** Inside `workflow.transaction(tx => …)`: the job exists only if that transaction commits. */
  tx?: WorkflowTransaction
  /** What the job belongs to, for `drain` and `progress`: `turn-7/compose`. */
  group?: string
  /**
   * The same definition, group and key make one job, however often it is sent: a waiting, running or completed one stays as
   * it is, a finally failed or cancelled one is queued again with its tries restored. Completed ones are remembered 30 days.
   */
  key?: string
  startAfter?: Date
  /** Higher first. Default 0. */
  priority?: number
}

export type SendManyOptions<T> = Omit<SendOptions, 'key'> & { key?: (data: T) => string }

export interface JobFilter {
  group: string
  /** Only jobs of this definition. */
  job?: JobName
}

export interface GroupProgress {
  total: number
  completed: number
  /** Failed for good, or cancelled. */
  failed: number
  active: number
  /** Waiting for a worker or for another try. */
  queued: number
}

export interface JobCounts extends GroupProgress {
  name: string
  version: number
}

export interface ScheduleOptions {
  /** IANA name, default UTC. */
  timeZone?: string
  /** Tells several schedules of one job apart. */
  key?: string
}

export interface StopOptions {
  /** Default true: waits for running batches. */
  graceful?: boolean
  /** How long a graceful stop waits at most, default 30. */
  timeoutSeconds?: number
}

/** All queues, seen from one process. Nothing here may be used inside an open transaction, except `send…` with `tx`. */
export interface Jobs {
  /** Returns the job's id. */
  send<T>(job: JobDefinition<T>, data: T, options?: SendOptions): Promise<string>
  /** Returns the ids in the order of `datas`. */
  sendMany<T>(job: JobDefinition<T>, datas: readonly T[], options?: SendManyOptions<T>): Promise<string[]>
  /** Starts workers in this process for the definitions given. */
  work(definitions: readonly JobDefinition[], services: JobServices): Promise<void>
  /** `cron` has five fields. The same job and key replace the schedule. */
  schedule<T>(job: JobDefinition<T>, cron: string, data: T, options?: ScheduleOptions): Promise<void>
  unschedule(job: JobName, options?: Pick<ScheduleOptions, 'key'>): Promise<void>
  /**
   * Waits until every job of the group is settled, whoever works them, and returns the last progress. When jobs failed for
   * good it throws `platform.job-failed` with the first one's reason, once the rest is settled.
   */
  drain(filter: JobFilter, onProgress?: (progress: GroupProgress) => void, signal?: AbortSignal): Promise<GroupProgress>
  progress(filter: JobFilter): Promise<GroupProgress>
  /** Forgets a group's jobs, so that its keys can be sent anew; refuses while one is active. Returns how many. */
  forget(filter: JobFilter): Promise<number>
  /** By definition, over all groups. */
  counts(): Promise<JobCounts[]>
  /** What is cut short is queued again, and its try is not counted. */
  stop(options?: StopOptions): Promise<void>
}
