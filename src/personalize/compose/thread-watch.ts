/** A thread that answers no more, and the place in its batch of the document it was at. */
export class ThreadLost extends Error {
  override name = 'ThreadLost'
  readonly at: number | undefined
  readonly slow: boolean
  constructor(at: number | undefined, slow: boolean, cause?: unknown) {
    const why = cause instanceof Error ? `: ${cause.message}` : ''
    super(slow ? 'a composing thread was too slow' : `a composing thread was lost${why}`, { cause })
    this.at = at
    this.slow = slow
  }
}

export interface ThreadWatch {
  /** Shared with the thread, which writes there the number (from 1) of the document it is at; 0 between batches. */
  shared: SharedArrayBuffer
  at(): number | undefined
  start(): void
  stop(): void
}

/** Calls `stalled` when the thread has been at one document for longer than `limitMs`. */
export function watchThread(limitMs: number, stalled: () => void): ThreadWatch {
  const shared = new SharedArrayBuffer(4)
  const place = new Int32Array(shared)
  let timer: NodeJS.Timeout | undefined
  const stop = () => clearInterval(timer)
  return {
    shared,
    at: () => {
      const at = Atomics.load(place, 0)
      return at === 0 ? undefined : at - 1
    },
    start() {
      stop()
      let [seen, since] = [-1, performance.now()]
      timer = setInterval(
        () => {
          const now = Atomics.load(place, 0)
          if (now !== seen || now === 0) [seen, since] = [now, performance.now()]
          else if (performance.now() - since > limitMs) {
            stop()
            stalled()
          }
        },
        Math.min(1000, limitMs / 4),
      )
      timer.unref()
    },
    stop,
  }
}
