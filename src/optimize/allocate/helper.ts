import { workerData } from 'node:worker_threads'
import { claimBlocks, doers } from './crew.ts'
import { CONTROL, type Workspace } from './workspace.ts'

/** A helping thread: sleeps until the next task is announced, helps with its blocks, sleeps again. */
const w = workerData as Workspace
const todo = doers(w.problem)
let seen = 0
while (Atomics.load(w.control, CONTROL.stop) === 0) {
  const epoch = Atomics.load(w.control, CONTROL.epoch)
  if (epoch === seen) {
    Atomics.wait(w.control, CONTROL.epoch, seen)
    continue
  }
  seen = epoch
  if (Atomics.load(w.control, CONTROL.stop) === 0) claimBlocks(w, todo)
}
