import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from '../../platform/app.ts'
import { textTable } from '../../platform/cli/table.ts'
import { errors } from '../errors.ts'
import { readBounce } from './read-bounce.ts'

/** `huiyin bounce FILE…`: what returned mails say, one line a mail and recipient. */
export const bounceCommand: Command = {
  name: 'bounce <file...>',
  summary: {
    en: 'What returned mails say: whom they failed, why, for good or not',
    zh: '解读退信：谁、为何、是否永久',
  },
  needsApp: false,
  async run({ args, cwd, progress }) {
    const lines: Record<string, unknown>[] = []
    for (const [index, file] of args.entries()) {
      const bytes = await readFile(resolve(cwd, file)).catch(error => {
        throw errors['interact.mail-unread'](
          { file, reason: (error as NodeJS.ErrnoException).code ?? String(error) },
          error,
        )
      })
      for (const bounce of await readBounce(bytes)) lines.push({ file, ...bounce })
      progress(index + 1, args.length)
    }
    return { json: lines, jsonLines: lines, text: table(lines) }
  },
}

const COLUMNS = ['file', 'kind', 'recipient', 'status', 'reason', 'hard']
const table = (lines: Record<string, unknown>[]): string =>
  textTable(
    COLUMNS,
    lines.map(line => COLUMNS.map(column => String(line[column]))),
  )
