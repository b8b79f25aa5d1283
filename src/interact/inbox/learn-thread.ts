import { parentPort, workerData } from 'node:worker_threads'
import { type Labelled, learn } from './learn.ts'

parentPort?.postMessage(learn(workerData as Labelled[]))
