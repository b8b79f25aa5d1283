import type { Config } from '../platform/config.ts'
import { defineErrors } from '../platform/errors.ts'
import { folderHolder } from '../platform/stores/data-folder.ts'

const errors = defineErrors({
  'cli.server-refused': {
    status: 400,
    exit: 1,
    en: 'The running server answered: {message}',
    zh: '正在运行的服务返回：{message}',
  },
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
): Promise<T> {
  const response = await fetch(`${server.address}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const answer = (await response.json()) as T & { error?: { message: string } }
  if (!response.ok) throw errors['cli.server-refused']({ message: answer.error?.message ?? response.statusText })
  return answer
}
