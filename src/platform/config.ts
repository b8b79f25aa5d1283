import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { defineErrors, type Lang } from './errors.ts'

/** Where things are and how big they may grow; from HUIYIN_* variables or the options of the same names. */
export interface Config {
  /** HUIYIN_DATA: the folder that holds everything (default ./data). */
  dataDir: string
  /** HUIYIN_HOST (default 127.0.0.1). */
  host: string
  /** HUIYIN_PORT (default 7070; 0 takes a free one). */
  port: number
  /** HUIYIN_CLICKHOUSE_URL: a ClickHouse server instead of the embedded engine; `?cluster=name` for a cluster. */
  clickhouseUrl?: string
  /**
   * HUIYIN_PROXIES: addresses or networks (CIDR) of the proxies in front, separated by commas. What they say of who asks
   * (`X-Forwarded-For`, `-Proto`) is believed, nobody else's word is: tries are counted by where they come from. Default none.
   */
  proxies: string[]
  /** HUIYIN_POSTGRES_URL: a PostgreSQL server instead of the embedded one. */
  postgresUrl?: string
  /** HUIYIN_ARCHIVE: where originals are kept, e.g. an object store that is mounted; default `archive` of the data folder, which a backup takes along. */
  archiveDir?: string
  /** HUIYIN_LANG (zh-CN or en): of the command line; default from LANG. */
  lang: Lang
  /** HUIYIN_LOG: pino level (default info for serve, warn otherwise). */
  logLevel: string
  /** HUIYIN_THREADS: worker threads for scoring, solving and composing (default: cores, at most 8). */
  threads: number
}

export const configErrors = defineErrors({
  'platform.bad-port': {
    status: 400,
    en: 'HUIYIN_PORT must be a port number from 0 to 65535, not "{value}".',
    zh: 'HUIYIN_PORT 必须是 0 到 65535 的端口号，而不是“{value}”。',
  },
  'platform.bad-proxies': {
    status: 400,
    en: 'HUIYIN_PROXIES must be addresses or networks separated by commas, such as 10.0.0.5,172.16.0.0/12; "{value}" is none.',
    zh: 'HUIYIN_PROXIES 必须是以逗号分隔的地址或网段，例如 10.0.0.5,172.16.0.0/12；“{value}”无效。',
  },
  'platform.bad-threads': {
    status: 400,
    en: 'HUIYIN_THREADS must be a whole number from 1 to 64, not "{value}".',
    zh: 'HUIYIN_THREADS 必须是 1 到 64 的整数，而不是“{value}”。',
  },
})

export interface ConfigOptions {
  data?: string
  host?: string
  port?: string
}

export function readConfig(env: NodeJS.ProcessEnv, options: ConfigOptions = {}, cores = 2): Config {
  const port = options.port ?? env['HUIYIN_PORT'] ?? '7070'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) throw configErrors['platform.bad-port']({ value: port })
  const threads = env['HUIYIN_THREADS'] ?? String(Math.max(1, Math.min(8, cores)))
  if (!/^\d{1,2}$/.test(threads) || Number(threads) < 1 || Number(threads) > 64)
    throw configErrors['platform.bad-threads']({ value: threads })
  const proxies = (env['HUIYIN_PROXIES'] ?? '').split(',').flatMap(part => part.trim() || [])
  const odd = proxies.find(part => !/^[^/]+(\/\d{1,3})?$/.test(part) || isIP(part.split('/')[0]!) === 0)
  if (odd !== undefined) throw configErrors['platform.bad-proxies']({ value: odd })
  const lang = env['HUIYIN_LANG'] ?? env['LC_ALL'] ?? env['LANG'] ?? 'en'
  return {
    dataDir: resolve(options.data ?? env['HUIYIN_DATA'] ?? 'data'),
    host: options.host ?? env['HUIYIN_HOST'] ?? '127.0.0.1',
    port: Number(port),
    proxies,
    clickhouseUrl: env['HUIYIN_CLICKHOUSE_URL'] || undefined,
    postgresUrl: env['HUIYIN_POSTGRES_URL'] || undefined,
    ...(env['HUIYIN_ARCHIVE'] ? { archiveDir: resolve(env['HUIYIN_ARCHIVE']) } : {}),
    lang: lang.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en',
    logLevel: env['HUIYIN_LOG'] ?? 'warn',
    threads: Number(threads),
  }
}
