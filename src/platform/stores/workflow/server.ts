import { PostgresDriver } from 'kysely'
import pg from 'pg'
import { HuiyinError } from '../../errors.ts'
import { columnParsers } from './column-parsers.ts'
import { workflowErrors } from './errors.ts'
import { makeWorkflow } from './make-workflow.ts'
import { reasonOf } from './open-error.ts'
import type { Workflow } from './workflow.ts'

const OLDEST_MAJOR = 15

/** Opens the store on a PostgreSQL server: `postgres://user:password@host:port/database`. */
export async function openServer(url: string): Promise<Workflow> {
  const address = addressOf(url)
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    application_name: 'huiyin',
    // As PGlite: dates without a time come and go as UTC days.
    options: '-c TimeZone=UTC',
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        columnParsers[type] ?? pg.types.getTypeParser(type, format ?? 'text'),
    } as pg.CustomTypesConfig,
  })
  // A connection lost while idle: the pool makes a new one at the next statement, which then says what is wrong.
  pool.on('error', () => {})
  try {
    const { rows } = await pool.query<{ version: string }>("select current_setting('server_version') as version")
    const version = rows[0]?.version ?? ''
    if (Number.parseInt(version, 10) < OLDEST_MAJOR)
      throw workflowErrors['platform.postgres-too-old']({ address, version })
  } catch (error) {
    await pool.end()
    if (error instanceof HuiyinError) throw error
    throw workflowErrors['platform.postgres-unreachable']({ address, reason: reasonOf(error) }, error)
  }
  return makeWorkflow({
    kind: 'server',
    driver: new PostgresDriver({ pool }),
    forJobs: { backend: 'postgres', connectionString: url, max: 5 },
    dump: async () => {
      throw workflowErrors['platform.postgres-backup']({ address })
    },
  })
}

/** Host, port and database, without the password. */
function addressOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed ? `${parsed.host}${parsed.pathname}` : 'HUIYIN_POSTGRES_URL'
}
