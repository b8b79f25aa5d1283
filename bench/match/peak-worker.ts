/** Thread that looks at the memory of all processes again and again, until it is ended. */
import { workerData } from 'node:worker_threads'
import { look } from './peak.ts'

const { kilobytes, everyMs } = workerData as { kilobytes: Int32Array; everyMs: number }
setInterval(() => look(kilobytes), everyMs)
