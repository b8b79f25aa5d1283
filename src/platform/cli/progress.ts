import type { Progress } from '../app.ts'

/** Progress goes to stderr: a bar on a terminal, a line every few seconds elsewhere, nothing when it is too quick to see. */
export interface ProgressBar {
  update: Progress
  /** Ends the bar and leaves a line in its place. */
  done(line: string): void
}

const WIDTH = 24
const LINE_EVERY_MS = 5000

export const duration = (seconds: number): string =>
  seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`

export function progressBar(title: string, out: NodeJS.WriteStream = process.stderr): ProgressBar {
  const started = Date.now()
  let last = started
  const draw = (done: number, total: number, note: string) => {
    const part = total > 0 ? Math.min(1, done / total) : 0
    const filled = Math.round(part * WIDTH)
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
    return `${title}  ${bar} ${String(Math.round(part * 100)).padStart(3)} %  ${note}`
  }
  if (out.isTTY) out.write(draw(0, 1, ''))
  return {
    update(done, total, note = '') {
      const now = Date.now()
      if (out.isTTY) {
        if (now - last < 60) return
        out.write(`\r\u001b[K${draw(done, total, note)}`)
      } else {
        if (now - last < LINE_EVERY_MS) return
        out.write(`${draw(done, total, note)}\n`)
      }
      last = now
    },
    done(line) {
      out.write(out.isTTY ? `\r\u001b[K${line}\n` : `${line}\n`)
    },
  }
}
