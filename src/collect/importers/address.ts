/**
 * A table is named by an address, a file by its path:
 *   postgres://user:${HUIYIN_SOURCE_CRM}@host:5432/database?table=schema.table
 *   mysql://…?query=SELECT …        clickhouse://host:8123/database?table=t        https://host:8443/database?table=t
 * A password may be given as ${HUIYIN_SOURCE_…}, the name of an environment variable; only those names are filled in, so that
 * an address cannot carry the server's own secrets away.
 */
import { collectErrors } from '../errors.ts'

export interface TableAddress {
  host: string
  port: number
  user: string
  password: string
  database: string
  tls: boolean
  /** What stands behind FROM: a quoted table, or a query in brackets. */
  table: string
  query: string
  /** As it may be shown. */
  shown: string
}

const SCHEME = /^(postgres(?:ql)?|mysql|mariadb|clickhouse|https?):\/\//i

export const isAddress = (file: string): boolean => SCHEME.test(file)

export const schemeOf = (file: string): string => SCHEME.exec(file)?.[1]?.toLowerCase() ?? ''

/** The address as it may be shown and logged: without the password; the name of a variable is none. */
export const maskAddress = (file: string): string =>
  isAddress(file)
    ? file
        .replace(/^(\w+:\/\/[^/@:?]*):(?!\$\{\w+\}@).*@/, '$1:***@')
        .replace(/([?&](?:password|pass|pwd|token)=)(?!\$\{\w+\}(?:&|$))[^&]*/gi, '$1***')
    : file

const PORTS: Record<string, number> = { postgres: 5432, postgresql: 5432, mysql: 3306, mariadb: 3306, https: 8443 }

export function parseAddress(
  file: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): TableAddress {
  const shown = maskAddress(file)
  const wrong = (reason: string) => collectErrors['collect.address-bad']({ address: shown, reason })
  const scheme = schemeOf(file)
  const filled = file.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = name.startsWith('HUIYIN_SOURCE_') ? env[name] : undefined
    if (value === undefined) throw wrong(`the variable ${name} is not set (its name must begin with HUIYIN_SOURCE_)`)
    return encodeURIComponent(value)
  })
  // The URL standard splits user and path only for schemes it knows.
  const text = filled.replace(SCHEME, scheme === 'https' ? 'https://' : 'http://')
  if (!URL.canParse(text)) throw wrong('it cannot be read as user:password@host:port/database?table=name')
  const url = new URL(text)
  const table = url.searchParams.get('table') ?? ''
  const query = (url.searchParams.get('query') ?? '').trim().replace(/;\s*$/, '')
  if ((table === '') === (query === '')) throw wrong('it needs ?table=name or ?query=SELECT …')
  if (query !== '' && !/^(select|with)\b/i.test(query)) throw wrong('the query must be a SELECT')
  const tls = scheme === 'https' || ['1', 'true', 'require'].includes(url.searchParams.get('tls') ?? '')
  const usual = PORTS[scheme] ?? (tls ? 8443 : 8123)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || usual,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    tls,
    table,
    query,
    shown,
  }
}

/** A name of a table with its schema, each part quoted. */
export const quotedTable = (table: string, quote: (name: string) => string): string =>
  table.split('.').map(quote).join('.')
