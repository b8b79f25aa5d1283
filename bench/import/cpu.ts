import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second. */
const TICKS = 100

/**
 * Seconds of processor time that this process and its children (the engine) have used: on a machine with other work to do the only figure
 * that can be compared. NaN where there is no /proc.
 */
export function cpuSeconds(): number {
  try {
    const pids = [String(process.pid), ...childrenOf(String(process.pid))]
    return pids.reduce((sum, pid) => sum + secondsOf(pid), 0)
  } catch {
    return Number.NaN
  }
}

const childrenOf = (pid: string): string[] =>
  readdirSync(`/proc/${pid}/task`).flatMap(task =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  )

/** User and system time are the 14th and 15th fields; the second, the name, may hold blanks. */
function secondsOf(pid: string): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}
