import { readdirSync, readFileSync } from 'node:fs'

/** Resident bytes of this process and all its descendants, from /proc; shared pages are counted in each. */
export function residentBytes(root = process.pid): number {
  const parents = new Map<number, number>()
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It ended while we looked.
    }
  }
  const inTree = (pid: number): boolean =>
    pid === root || (pid > 1 && parents.has(pid) && inTree(parents.get(pid) ?? 0))
  let bytes = 0
  for (const pid of parents.keys()) {
    if (!inTree(pid)) continue
    try {
      bytes += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
    } catch {
      // It ended while we looked.
    }
  }
  return bytes
}

/** Watches the peak until stopped. */
export function watchResident(everyMs = 500): { stop(): number } {
  let peak = 0
  const look = () => {
    peak = Math.max(peak, residentBytes())
  }
  const timer = setInterval(look, everyMs)
  return {
    stop() {
      clearInterval(timer)
      look()
      return peak
    },
  }
}
