import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

/** This process and its descendants: what /proc says of each in `stat`, from the third field on. */
function processes(): Map<number, string[]> {
  const all = new Map<number, string[]>()
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const stat = read(`/proc/${entry}/stat`)
    all.set(Number(entry), stat.slice(stat.lastIndexOf(')') + 2).split(' '))
  }
  const ours = (pid: number): boolean => pid === process.pid || (pid > 1 && ours(Number(all.get(pid)?.[1] ?? 0)))
  return new Map([...all].filter(([pid]) => ours(pid)))
}

export interface Peaks {
  /** Largest proportional size (PSS) of all processes together at one moment: a page that several share counts once. */
  bytes: number
  /** Of these, the processes beside this one. */
  engine: number
  /** Sum of the largest resident size of each process: shared pages count in each, and the peaks need not coincide. */
  resident: number
}

/**
 * Watches memory from a thread of its own, so that it also looks while this one is busy. A look walks the page tables: 20 ms of processor
 * time for 2 GB, a tenth of one core at five looks a second. `seconds`: processor time of all but the watching.
 */
export function watchPeaks(everyMs = 200): { take(): Peaks; seconds(): number; stop(): Promise<unknown> } {
  const kilobytes = new Int32Array(new SharedArrayBuffer(12))
  const worker = new Worker(new URL('./peak-worker.ts', import.meta.url), { workerData: { kilobytes, everyMs } })
  return {
    seconds: () => processorSeconds() - Atomics.load(kilobytes, 2) / 1000,
    take: () => {
      look(kilobytes)
      const [all, engine] = [Atomics.exchange(kilobytes, 0, 0), Atomics.exchange(kilobytes, 1, 0)]
      let resident = 0
      for (const pid of processes().keys()) {
        resident += Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)
        // The kernel counts the largest resident size anew from here.
        writeFileSync(`/proc/${pid}/clear_refs`, '5')
      }
      return { bytes: all * 1024, engine: engine * 1024, resident: resident * 1024 }
    },
    stop: () => worker.terminate(),
  }
}

/** Keeps in the first two of `kilobytes` the largest [all processes, those beside this one] seen. */
export function look(kilobytes: Int32Array): void {
  let own = 0
  let others = 0
  for (const pid of processes().keys()) {
    const pss = Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)
    if (pid === process.pid) own += pss
    else others += pss
  }
  if (own + others > Atomics.load(kilobytes, 0)) Atomics.store(kilobytes, 0, own + others)
  if (others > Atomics.load(kilobytes, 1)) Atomics.store(kilobytes, 1, others)
}

/** Seconds of processor time of all of them, all threads: on a machine with other work the seconds of the clock say little. */
export function processorSeconds(): number {
  let ticks = 0
  for (const fields of processes().values()) ticks += Number(fields[11]) + Number(fields[12])
  return ticks / 100
}

/** A process may end while we look. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
