import { parentPort, workerData } from 'node:worker_threads'
import { cut } from './tokens.ts'

parentPort?.postMessage((workerData as string[]).map(cut))
