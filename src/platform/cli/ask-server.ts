import type { Config } from '../config.ts'
import { defineErrors, type Lang } from '../errors.ts'
import { folderHolder } from '../stores/data-folder.ts'

const errors = defineErrors({
  // What the server answers is said as if the command had found it itself, with the same exit code.
  'cli.server-refused': { status: 400, en: '{message}', zh: '{message}' },
  'cli.server-failed': { status: 500, en: '{message}', zh: '{message}' },
})

export interface RunningServer {
  address: string
  token: string
}

/** The server of this machine that holds the data folder and can be asked to do the work; undefined when nobody serves it. */
export async function runningServer(config: Config): Promise<RunningServer | undefined> {
  if (config.clickhouseUrl && config.postgresUrl) return undefined
  const holder = await folderHolder(config.dataDir)
  return holder?.address ? { address: holder.address, token: holder.token } : undefined
}

export async function askServer<T>(
  server: RunningServer,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
  lang: Lang = 'en',
): Promise<T> {
  const response = await fetch(`${server.address}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json', 'accept-language': lang },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const answer = (await response.json()) as T & { error?: { message: string } }
  if (!response.ok) {
    const message = answer.error?.message ?? response.statusText
    throw errors[response.status < 500 ? 'cli.server-refused' : 'cli.server-failed']({ message })
  }
  return answer
}
