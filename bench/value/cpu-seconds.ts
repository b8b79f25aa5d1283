import { readdirSync, readFileSync } from 'node:fs'

/** Kernel ticks a second, as /proc counts them everywhere Linux runs this. */
const TICKS = 100

/** Seconds of processor that this process and those it started have used so far, the engine among them. */
export function cpuSeconds(root = process.pid): number {
  const parents = new Map<number, { parent: number; ticks: number }>()
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      parents.set(Number(entry), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) })
    } catch {
      // It ended while we looked.
    }
  }
  const inTree = (pid: number): boolean => pid === root || (parents.has(pid) && inTree(parents.get(pid)!.parent))
  let ticks = 0
  for (const [pid, own] of parents) if (inTree(pid)) ticks += own.ticks
  return ticks / TICKS
}
