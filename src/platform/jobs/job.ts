import type { ZodType } from 'zod'
import type { Workflow } from '../stores/workflow/index.ts'
import type { Jobs } from './jobs.ts'

/**
 * What handlers need beside the job's data: the stores, configuration, logs. Declared by whoever provides it:
 *
 *     declare module '../platform/jobs/job.ts' { interface JobServices { facts: Facts } }
 */
export interface JobServices {
  workflow: Workflow
}

export interface JobContext {
  id: string
  name: string
  group: string | undefined
  /** 1 for the first try. A try cut short by a stopped or killed process is not counted. */
  attempt: number
  /** Aborted when the job has outlived `expireSeconds` or the process stops without waiting. */
  signal: AbortSignal
  jobs: Jobs
  services: JobServices
}

/** A job is a name, a version and a schema, and a handler that can run twice without harm. */
export interface JobDefinition<T = unknown> {
  /** `stage.verb-noun`, for example `personalize.compose-partition`. Letters, digits and `. - _ /`. */
  name: string
  /** A changed schema is a new version with a queue of its own: old workers never see new jobs. */
  version: number
  /** Of the data as JSON holds them; checked when sent and when taken. */
  schema: ZodType<T>
  /** Jobs claimed and settled at a time, default 1; handled one after the other. Small jobs in great number: 500. */
  batch?: number
  /** Batches handled at once in one process, default 1. */
  concurrency?: number
  /** Default: 2 more tries, 1 s apart, without back-off. */
  retry?: { limit: number; delaySeconds: number; backoff?: boolean }
  /** A batch that takes longer is given up and its jobs count as failed. Default 3600. */
  expireSeconds?: number
  handle(data: T, ctx: JobContext): Promise<void>
}

export type JobName = Pick<JobDefinition, 'name' | 'version'>

export const defineJob = <T>(definition: JobDefinition<T>): JobDefinition<T> => definition
