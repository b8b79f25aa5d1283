/**
 * What a sender thread knows and the ledger does not yet: one small file a part, a line before a message goes out and a line with
 * what became of it. The lines reach the kernel at once, so they outlive a `kill -9`, and of the messages a killed process had
 * claimed only those under way at that moment are uncertain. They are not forced to the disk: after a power cut (another boot) the
 * journal proves nothing, and everything claimed and not settled counts as uncertain. Costs 4 µs a line.
 */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Verdict } from '../channels/channel.ts'

const bootId = (): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return 'unknown'
  }
}

export const journalPath = (dataDir: string, runId: number, partition: number): string =>
  join(dataDir, 'sending', `${runId}-${partition}.journal`)

export interface Journal {
  begun(id: string): void
  ended(id: string, verdict: Verdict): void
  close(): void
}

/** Opened before the first claim of a part is written, so that a claim without a journal is one of another machine. */
export function openJournal(path: string): Journal {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = openSync(path, 'a', 0o600)
  // Whatever a killed process or a full disk left unfinished before stands on a line of its own.
  let torn = true
  const line = (record: readonly unknown[]) => {
    const text = Buffer.from(`${torn ? '\n' : ''}${JSON.stringify(record)}\n`)
    torn = true
    if (writeSync(file, text) < text.length) throw Object.assign(new Error('ENOSPC: half a line'), { code: 'ENOSPC' })
    torn = false
  }
  try {
    line(['boot', bootId()])
  } catch (error) {
    closeSync(file)
    throw error
  }
  return {
    begun: id => line(['>', id]),
    ended: (id, verdict) => line(['<', id, verdict]),
    close: () => closeSync(file),
  }
}

export interface Recovered {
  /** Without a verdict: they may have gone out. */
  underWay: Set<string>
  verdicts: Map<string, Verdict>
}

/** Null: no journal of this boot, so nothing is known of what was claimed. */
export function readJournal(path: string): Recovered | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return null
  }
  const underWay = new Set<string>()
  const verdicts = new Map<string, Verdict>()
  const now = bootId()
  for (const line of text.split('\n')) {
    // The last line may be half written: it says that something began or ended, and the line before it stands.
    const record = parse(line)
    if (!record) continue
    const [mark, id, verdict] = record
    if (mark === 'boot' && id !== now) return null
    if (mark === '>') {
      underWay.add(id)
      verdicts.delete(id)
    }
    if (mark === '<' && verdict) {
      underWay.delete(id)
      verdicts.set(id, verdict)
    }
  }
  return { underWay, verdicts }
}

function parse(line: string): [string, string, Verdict?] | null {
  if (line === '') return null
  try {
    return JSON.parse(line) as [string, string, Verdict?]
  } catch {
    return null
  }
}

export const dropJournal = (path: string): void => rmSync(path, { force: true })
