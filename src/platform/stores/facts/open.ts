import { startFactsEngine } from '../../engines/facts/index.ts'
import { connectFacts } from './client.ts'
import { factsErrors } from './errors.ts'
import type { Facts, FactsAddress, FactsConfig } from './facts.ts'
import { quoted } from './names.ts'

const DATABASE = 'huiyin'

/**
 * Opens the facts: on a server (`url`), on an engine that already runs (`address`: for worker threads), or on the
 * embedded engine in `dataDir`, which is started here and stopped by `close`. Creates the database when it is missing.
 */
export async function openFacts(config: FactsConfig): Promise<Facts> {
  if (config.address) return connectFacts(config.address)
  if (config.url) return withDatabase(addressOf(config.url))
  if (!config.dataDir) throw factsErrors['facts.no-place']()
  const engine = await startFactsEngine({ ...config, dataDir: config.dataDir })
  const { url, username, password } = engine
  try {
    return await withDatabase({ url, username, password, database: DATABASE, seesFiles: true }, engine.stop)
  } catch (error) {
    await engine.stop()
    throw error
  }
}

async function withDatabase(address: FactsAddress, stop?: () => Promise<void>): Promise<Facts> {
  const server = connectFacts({ ...address, database: 'default' })
  try {
    const found = await server.query('SELECT 1 FROM system.databases WHERE name = {name:String}', {
      name: address.database,
    })
    const cluster = address.cluster ? ` ON CLUSTER ${quoted(address.cluster)}` : ''
    if (found.length === 0) await server.exec(`CREATE DATABASE IF NOT EXISTS ${quoted(address.database)}${cluster}`)
  } finally {
    await server.close()
  }
  return connectFacts(address, stop)
}

/** `http(s)://user:password@host:8123/database?cluster=name`; user `default`, no password and `huiyin` when left out. */
export function addressOf(text: string): FactsAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw factsErrors['facts.bad-url']()
  return {
    url: url.origin,
    username: decodeURIComponent(url.username) || 'default',
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1) || DATABASE,
    cluster: url.searchParams.get('cluster') ?? undefined,
  }
}
