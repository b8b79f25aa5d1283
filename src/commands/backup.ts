import { createHash } from 'node:crypto'
import { createReadStream, existsSync, type Stats } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { create, extract, list } from 'tar'
import type { HouseContext } from '../cli.ts'
import { defineErrors } from '../platform/errors.ts'
import { lockDataFolder } from '../platform/stores/data-folder.ts'

const errors = defineErrors({
  'backup.exists': {
    status: 400,
    en: '{file} exists already. Name another file.',
    zh: '{file} 已存在，请换一个文件名。',
  },
  'backup.no-data': { status: 400, en: 'There is no data folder at {folder}.', zh: '{folder} 处没有数据目录。' },
  'backup.not-empty': {
    status: 400,
    en: '{folder} is not empty. A backup is restored into an empty or new folder.',
    zh: '{folder} 不为空。备份只能恢复到空目录或新目录。',
  },
  'backup.no-file': { status: 400, en: 'There is no backup file at {file}.', zh: '找不到备份文件 {file}。' },
  'backup.damaged': {
    status: 400,
    en: '{file} is not a whole backup of Huiyin: {reason}.',
    zh: '{file} 不是完整的回音备份：{reason}。',
  },
  'backup.servers': {
    status: 400,
    en: 'Data on PostgreSQL and ClickHouse servers is backed up by their own tools; this command is for a data folder.',
    zh: '使用 PostgreSQL 与 ClickHouse 服务器时请用其自带工具备份；此命令只用于数据目录。',
  },
})

/** What makes a folder a data folder; both must be in a backup. */
const PARTS = ['facts', 'workflow']
const LEFT_OUT = new Set(['lock', 'tmp'])

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}

/** The whole data folder as one .tar.gz. The folder is taken for the time: a backup of files in use would be torn. */
async function backup(dataDir: string, file: string) {
  if (!existsSync(dataDir)) throw errors['backup.no-data']({ folder: dataDir })
  if (existsSync(file)) throw errors['backup.exists']({ file })
  const lock = await lockDataFolder(dataDir)
  const part = `${file}.part`
  try {
    const entries = (await readdir(dataDir)).filter(name => !LEFT_OUT.has(name) && !name.startsWith('lock'))
    if (!PARTS.every(name => entries.includes(name))) throw errors['backup.no-data']({ folder: dataDir })
    // The facts engine's pipes are made anew at every start, and have no place in an archive.
    // Level 1: the engines' files are compressed already; level 6 took 4 times as long for 2 % less.
    const lasting = (_path: string, entry: object) => !('isFIFO' in entry && (entry as Stats).isFIFO())
    await create({ file: part, cwd: dataDir, gzip: { level: 1 }, portable: true, filter: lasting }, entries)
    await rename(part, file)
    return { file, bytes: (await stat(file)).size, sha256: await sha256(file) }
  } finally {
    await rm(part, { force: true })
    await lock.release()
  }
}

/** Unpacks beside the target first, so that a damaged or interrupted restore leaves nothing half-written. */
async function restore(file: string, dataDir: string) {
  if (!existsSync(file)) throw errors['backup.no-file']({ file })
  if (existsSync(dataDir) && (await readdir(dataDir)).length > 0) throw errors['backup.not-empty']({ folder: dataDir })
  const beside = join(dirname(dataDir), `.${basename(dataDir)}.restore-${process.pid}`)
  await mkdir(beside, { recursive: true })
  try {
    const seen = new Set<string>()
    let files = 0
    try {
      await list({
        file,
        strict: true,
        onReadEntry: entry => {
          seen.add(entry.path.split('/')[0] ?? '')
          files++
        },
      })
      await extract({ file, cwd: beside, strict: true })
    } catch (error) {
      throw errors['backup.damaged']({ file, reason: (error as Error).message }, error)
    }
    if (!PARTS.every(part => seen.has(part))) throw errors['backup.damaged']({ file, reason: `${PARTS.join(' / ')} ?` })
    await rm(dataDir, { recursive: true, force: true })
    await rename(beside, dataDir)
    return { dataDir, files }
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
}

export function backupCommands({ program, config: configOf }: HouseContext): void {
  const show = (json: boolean | undefined, result: object, text: string) =>
    void process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${text}\n`)
  const folder = (options: Record<string, unknown>) => {
    const config = configOf(options)
    if (config.clickhouseUrl || config.postgresUrl) throw errors['backup.servers']()
    return config
  }
  program
    .command('backup <file>')
    .description('write the data folder into one .tar.gz / 备份数据目录')
    .option('--json', 'print the result as one JSON object on stdout')
    .action(async (file: string, options: { json?: boolean }, command) => {
      const config = folder(command.optsWithGlobals())
      const result = await backup(config.dataDir, resolve(file))
      show(
        options.json,
        result,
        config.lang === 'zh-CN'
          ? `已备份到 ${result.file}（${result.bytes} 字节）`
          : `Backed up to ${result.file} (${result.bytes} bytes)`,
      )
    })
  program
    .command('restore <file>')
    .description('unpack a backup into an empty data folder / 恢复备份')
    .option('--json', 'print the result as one JSON object on stdout')
    .action(async (file: string, options: { json?: boolean }, command) => {
      const config = folder(command.optsWithGlobals())
      const result = await restore(resolve(file), config.dataDir)
      show(
        options.json,
        result,
        config.lang === 'zh-CN' ? `已恢复到 ${result.dataDir}` : `Restored into ${result.dataDir}`,
      )
    })
}
