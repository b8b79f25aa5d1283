import { Worker } from 'node:worker_threads'
import { exactDual } from './exact-dual.ts'
import type { Problem } from './problem.ts'
import { smoothedDual } from './smoothed-dual.ts'
import { CONTROL, KIND, type Kind, type Workspace } from './workspace.ts'

/** The threads that work through the blocks of a task; the caller's own thread is one of them and waits for the rest. */
export interface Crew {
  run(kind: Kind): void
  close(): void
}

type Doer = (w: Workspace, block: number) => void

/** What one thread can do with one block. */
export function doers(problem: Problem): Record<Kind, Doer> {
  const exact = exactDual(problem)
  return {
    [KIND.smooth]: smoothedDual(problem),
    [KIND.exact]: exact.bound,
    [KIND.regret]: exact.regret,
    [KIND.price]: priceCodes,
  }
}

/** Price of each code = Σ price·use; the codes are cut like the customers. */
function priceCodes(w: Workspace, block: number): void {
  const { codes, useStart, useResource, useAmount } = w.problem
  const to = Math.floor((codes * (block + 1)) / w.blocks)
  for (let c = Math.floor((codes * block) / w.blocks); c < to; c++) {
    let sum = 0
    for (let e = useStart[c]!; e < useStart[c + 1]!; e++) sum += w.price[useResource[e]!]! * useAmount[e]!
    w.codePrice[c] = sum
  }
}

/**
 * Claims blocks until none is left. Which thread takes which does not matter: each block has its own place for results.
 * The kind is read after the claim, because a thread that woke late may find its first block in the task after its own.
 */
export function claimBlocks(w: Workspace, todo: Record<Kind, Doer>): void {
  const { control } = w
  for (;;) {
    const block = Atomics.add(control, CONTROL.next, 1)
    if (block >= w.blocks) return
    todo[Atomics.load(control, CONTROL.kind) as Kind](w, block)
    if (Atomics.add(control, CONTROL.done, 1) + 1 === w.blocks) Atomics.notify(control, CONTROL.done)
  }
}

export function makeCrew(w: Workspace, threads: number): Crew {
  const { control } = w
  const todo = doers(w.problem)
  const helpers = Array.from(
    { length: Math.min(threads, w.blocks) - 1 },
    () => new Worker(new URL('./helper.ts', import.meta.url), { workerData: w, stdout: false, stderr: false }),
  )
  return {
    run(kind) {
      Atomics.store(control, CONTROL.kind, kind)
      Atomics.store(control, CONTROL.done, 0)
      Atomics.store(control, CONTROL.next, 0)
      Atomics.add(control, CONTROL.epoch, 1)
      Atomics.notify(control, CONTROL.epoch)
      claimBlocks(w, todo)
      for (;;) {
        const done = Atomics.load(control, CONTROL.done)
        if (done >= w.blocks) return
        Atomics.wait(control, CONTROL.done, done)
      }
    },
    close() {
      Atomics.store(control, CONTROL.stop, 1)
      Atomics.add(control, CONTROL.epoch, 1)
      Atomics.notify(control, CONTROL.epoch)
      for (const helper of helpers) helper.unref()
    },
  }
}
