/** The face of the jobs: queues on the workflow store (pg-boss). */
export { defineJob, type JobContext, type JobDefinition, type JobName, type JobServices } from './job.ts'
export type {
  GroupProgress,
  JobCounts,
  JobFilter,
  Jobs,
  ScheduleOptions,
  SendManyOptions,
  SendOptions,
  StopOptions,
} from './jobs.ts'
export { type JobsConfig, openJobs } from './open.ts'
