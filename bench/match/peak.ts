import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

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

/**
 * The largest resident size of each process (VmHWM) since it was last asked for; the kernel counts anew from then. Their sum is at least what
 * all had at one moment: shared pages are counted in each, and the peaks need not coincide.
 */
export function takePeaks(): { process: number; engine: number } {
  const peaks = { process: 0, engine: 0 }
  for (const pid of processes().keys()) {
    const bytes = Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1024
    peaks[pid === process.pid ? 'process' : 'engine'] += bytes
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  }
  return peaks
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
