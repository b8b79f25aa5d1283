import { defineErrors } from '../errors.ts'

export const jobErrors = defineErrors({
  'platform.job-failed': {
    status: 500,
    en: '{failed} of {total} jobs of {group} failed for good; the first ({job}): {reason}',
    zh: '{group} 的 {total} 个任务中有 {failed} 个最终失败；第一个（{job}）：{reason}',
  },
  'platform.job-invalid': {
    status: 500,
    en: 'The data of job {job} do not fit its schema: {reason}',
    zh: '任务 {job} 的数据不符合其模式：{reason}',
  },
  'platform.job-unknown': {
    status: 500,
    en: 'Job {job} is not among the definitions the jobs were opened with, so it has no queue to be sent to inside a transaction.',
    zh: '任务 {job} 不在已登记的任务定义中，无法在事务内发送。',
  },
  'platform.job-group-active': {
    status: 409,
    en: 'Jobs of {group} are running ({active}); wait for them before they are forgotten.',
    zh: '{group} 的任务仍在运行（{active} 个）；请等待其结束后再清除。',
  },
  'platform.jobs-stopped': {
    status: 503,
    en: 'This process is stopping; what waits in {group} goes on when it is started again.',
    zh: '本进程正在停止；{group} 中等待的任务将在重新启动后继续。',
  },
})
