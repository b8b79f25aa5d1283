import { readFileSync } from 'node:fs'

/** Seconds of processor of this process, its threads among them. */
export const ownCpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** User and system seconds of this process's children but the other side's: the engine. proc(5), 100 ticks a second. */
export function engineCpu(other: string): number {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ')
  return children.filter(Boolean).reduce((sum, child) => {
    const command = readFileSync(`/proc/${child}/cmdline`, 'utf8')
    if (command.includes(other)) return sum
    const stat = readFileSync(`/proc/${child}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return sum + (Number(fields[11]) + Number(fields[12])) / 100
  }, 0)
}
