/** Thread that looks at the memory of all processes again and again, until it is ended, and says what it takes itself. */
import { threadCpuUsage } from 'node:process'
import { workerData } from 'node:worker_threads'
import { look } from './peak.ts'

const { kilobytes, everyMs } = workerData as { kilobytes: Int32Array; everyMs: number }
setInterval(() => {
  look(kilobytes)
  const { user, system } = threadCpuUsage()
  Atomics.store(kilobytes, 2, Math.round((user + system) / 1000))
}, everyMs)
