import { readFile } from 'node:fs/promises'

/**
 * When a process began, in clock ticks since the machine's start, with that start's id: numbers of processes are used again,
 * most of all in containers, where the first is always 1. Linux only; empty elsewhere.
 */
export async function processBirth(pid: number): Promise<string> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ])
    // proc(5): the 22nd field; the 2nd may hold spaces and ends at the last parenthesis.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return `${boot.trim()}/${fields[19]}`
  } catch {
    return ''
  }
}

/** Whether the process that was given this birth is still there. */
export async function processAlive(pid: number, birth: string): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it is there and belongs to another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return birth === '' || birth === (await processBirth(pid))
}
