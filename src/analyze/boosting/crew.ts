import type { Views } from './memory-plan.ts'

/**
 * A few threads that work through one list of tasks after the other. The leader posts a list and works too; every task writes only
 * what is its own, so who does it changes nothing. Words of the control block, 32 bits each:
 */
const GENERATION = 0
const PHASE = 1
const TASKS = 2
const NEXT = 3
const FINISHED = 4
const FAILED = 5
const ROUND = 6

/** About 10 µs of looking before a thread sleeps: most lists follow each other closer than a sleep and a wake take. */
const SPINS = 3000
const STOP = -1

/** Does one task of a list; `round` is the tree being grown. */
export type Work = (phase: number, task: number, round: number) => void

export interface Crew {
  /** Every task of the list is done when this returns. */
  run(phase: number, tasks: number, round: number): void
  /** Sends the helpers home; they can be called again. */
  stop(): void
}

/** The leader's side. With no helpers it does everything itself. */
export function leadCrew({ i32 }: Views, helpers: number, work: Work): Crew {
  const post = (phase: number, tasks: number, round: number) => {
    i32[PHASE] = phase
    i32[TASKS] = tasks
    i32[ROUND] = round
    Atomics.store(i32, NEXT, 0)
    Atomics.store(i32, FINISHED, 0)
    Atomics.add(i32, GENERATION, 1)
    Atomics.notify(i32, GENERATION)
  }
  const everybody = () => {
    for (let spins = 0; ; spins++) {
      const finished = Atomics.load(i32, FINISHED)
      if (finished === helpers) break
      if (spins > SPINS) Atomics.wait(i32, FINISHED, finished, 1000)
    }
    if (Atomics.load(i32, FAILED)) throw new Error('a training thread failed')
  }
  return {
    run(phase, tasks, round) {
      if (helpers === 0 || tasks < 2) {
        for (let task = 0; task < tasks; task++) work(phase, task, round)
        return
      }
      post(phase, tasks, round)
      takeTasks(i32, work)
      everybody()
    },
    stop() {
      if (helpers === 0) return
      post(STOP, 0, 0)
      everybody()
    },
  }
}

/** A helper's shift, from the generation it last saw to the one that stops it. */
export function joinCrew({ i32 }: Views, seen: number, work: Work): number {
  for (;;) {
    for (let spins = 0; Atomics.load(i32, GENERATION) === seen; spins++)
      if (spins > SPINS) Atomics.wait(i32, GENERATION, seen)
    // Never two ahead: the leader waits for every helper before the next list.
    seen++
    try {
      if (i32[PHASE] === STOP) return seen
      takeTasks(i32, work)
    } catch (error) {
      Atomics.store(i32, FAILED, 1)
      throw error
    } finally {
      Atomics.add(i32, FINISHED, 1)
      Atomics.notify(i32, FINISHED)
    }
  }
}

function takeTasks(i32: Int32Array, work: Work): void {
  const phase = i32[PHASE]!
  const tasks = i32[TASKS]!
  const round = i32[ROUND]!
  for (let task = Atomics.add(i32, NEXT, 1); task < tasks; task = Atomics.add(i32, NEXT, 1)) work(phase, task, round)
}
