import { resolve } from 'node:path'
import type { Command } from '../../../platform/app.ts'
import { HuiyinError } from '../../../platform/errors.ts'
import { matchFiles } from '../../match/files/match-files.ts'
import { readTable } from '../../match/files/read-table.ts'
import { type Profile, profileTable } from './profile.ts'
import { type Score, scoreTable } from './score.ts'
import { inWords } from './words.ts'

export interface FileQuality extends Profile {
  file: string
  /** Records that are somebody's second, as the matcher estimates; null: nothing in the file says who somebody is. */
  duplicates: number | null
  score: Score
}

/** More records are not matched for a scorecard. */
const MOST_MATCHED = 500_000

async function qualityOf(path: string): Promise<FileQuality> {
  const table = await readTable(path)
  const profile = profileTable(table)
  const duplicates = await estimatedDuplicates(path, table.lines.length)
  return { file: path, ...profile, duplicates, score: scoreTable(profile, duplicates) }
}

async function estimatedDuplicates(path: string, records: number): Promise<number | null> {
  if (records < 2 || records > MOST_MATCHED) return null
  try {
    // Read again: the matcher takes the table's columns over.
    const { result } = await matchFiles([await readTable(path)], { linkOnly: false })
    return records - result.entities
  } catch (error) {
    if (error instanceof HuiyinError && error.code.startsWith('match.')) return null
    throw error
  }
}

/** `huiyin quality FILE…`: a scorecard of any file, without a data folder. */
export const qualityCommand: Command = {
  name: 'quality <file...>',
  summary: { en: 'print a scorecard of any file of people', zh: '输出任意人员文件的质量评分卡' },
  needsApp: false,
  async run({ args, cwd, progress, lang }) {
    const files: FileQuality[] = []
    for (const [index, file] of args.entries()) {
      progress(index, args.length, file)
      files.push(await qualityOf(resolve(cwd, file)))
    }
    progress(args.length, args.length)
    return { json: { files }, text: files.map(file => inWords(file, lang)).join('\n\n') }
  },
}
