import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { freemem, tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import type { HouseContext } from '../cli.ts'
import { textTable } from '../platform/cli/table.ts'
import type { Config } from '../platform/config.ts'
import { HuiyinError } from '../platform/errors.ts'
import { folderHolder } from '../platform/stores/data-folder.ts'
import { openFacts } from '../platform/stores/facts/index.ts'
import { openWorkflow } from '../platform/stores/workflow/index.ts'
import type { Text } from '../platform/text.ts'
import { textIn } from '../platform/text.ts'

interface Check {
  id: string
  name: Text
  /** Resolves to what was found; throws when it is not good enough. */
  look(config: Config): Promise<string>
}

const inTempFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-doctor-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`

const checks: Check[] = [
  { id: 'node', name: { en: 'Node.js', zh: 'Node.js' }, look: async () => process.version },
  {
    id: 'memory',
    name: { en: 'Memory', zh: '内存' },
    async look() {
      if (totalmem() < 3.5 * 2 ** 30) throw new Error(`${gigabytes(totalmem())} < 4 GiB`)
      return `${gigabytes(freemem())} / ${gigabytes(totalmem())}`
    },
  },
  {
    id: 'disk',
    name: { en: 'Disk at the data folder', zh: '数据目录所在磁盘' },
    async look({ dataDir }) {
      for (let folder = dataDir; ; folder = dirname(folder)) {
        const disk = await statfs(folder).catch(() => undefined)
        if (!disk && folder !== dirname(folder)) continue
        const free = disk ? disk.bavail * disk.bsize : 0
        if (free < 2 * 2 ** 30) throw new Error(`${gigabytes(free)} < 2 GiB (${folder})`)
        return `${gigabytes(free)} (${dataDir})`
      }
    },
  },
  {
    id: 'facts',
    name: { en: 'Facts engine', zh: '事实库引擎' },
    look: config =>
      inTempFolder(async dataDir => {
        const facts = await openFacts({ dataDir, url: config.clickhouseUrl })
        try {
          const { version } = await facts.one<{ version: string }>('SELECT version() AS version')
          return `${config.clickhouseUrl ? 'ClickHouse' : 'chDB'} ${version}`
        } finally {
          await facts.close()
        }
      }),
  },
  {
    id: 'workflow',
    name: { en: 'Workflow store', zh: '流程库' },
    look: config =>
      inTempFolder(async dataDir => {
        const workflow = await openWorkflow({ dataDir, postgresUrl: config.postgresUrl })
        try {
          const { sql } = await import('kysely')
          const { rows } = await sql<{ version: string }>`SELECT split_part(version(), ' ', 2) AS version`.execute(
            workflow.db,
          )
          return `${config.postgresUrl ? 'PostgreSQL' : 'PGlite'} ${rows[0]?.version}`
        } finally {
          await workflow.close()
        }
      }),
  },
  {
    id: 'print',
    name: { en: 'Print engine and fonts', zh: '排版引擎与字体' },
    async look() {
      const { printEngine } = await import('../personalize/index.ts')
      return printEngine()
    },
  },
  {
    id: 'port',
    name: { en: 'Port', zh: '端口' },
    async look({ host, port, dataDir }) {
      const holder = await folderHolder(dataDir)
      if (holder?.address) return `${holder.address} (pid ${holder.pid})`
      const server = createServer()
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
      await new Promise(resolve => server.close(resolve))
      return `${host}:${port}`
    },
  },
]

/** `huiyin doctor`: can this machine run Huiyin? Exit code 1 when something must be mended. */
export function doctorCommand({ program, config: configOf }: HouseContext): void {
  program
    .command('doctor')
    .description('check the installation / 检查安装')
    .option('--json', 'print the result as one JSON object on stdout')
    .action(async (options: { json?: boolean }, command) => {
      const config = configOf(command.optsWithGlobals())
      const results = []
      for (const check of checks) {
        try {
          results.push({ id: check.id, name: check.name, ok: true, found: await check.look(config) })
        } catch (error) {
          const found = error instanceof HuiyinError ? error.messageIn(config.lang) : (error as Error).message
          results.push({ id: check.id, name: check.name, ok: false, found })
        }
      }
      const ok = results.every(result => result.ok)
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ ok, checks: results.map(({ id, ok: fine, found }) => ({ id, ok: fine, found })) })}\n`
          : `${textTable(
              ['', config.lang === 'zh-CN' ? '检查' : 'check', ''],
              results.map(result => [result.ok ? '✓' : '✗', textIn(result.name, config.lang), result.found]),
            )}\n`,
      )
      if (!ok) process.exitCode = 1
    })
}
