import { join } from 'node:path'
import type { App, Http, Stage } from './app.ts'
import { firstLogin } from './auth/users.ts'
import { defineErrors } from './errors.ts'
import { buildServer } from './http/server.ts'
import { ensureWebBuilt } from './http/web-build.ts'
import type { JobDefinition } from './jobs/index.ts'
import type { FolderLock } from './stores/data-folder.ts'

const errors = defineErrors({
  'platform.port-in-use': {
    status: 500,
    en: 'Port {port} on {host} is in use. Choose another with HUIYIN_PORT or --port.',
    zh: '{host} 的端口 {port} 已被占用，请用 HUIYIN_PORT 或 --port 指定其他端口。',
  },
  'platform.port-refused': {
    status: 500,
    en: 'Cannot listen on {host}:{port}: {reason}.',
    zh: '无法在 {host}:{port} 上监听：{reason}。',
  },
})

export interface ServeOptions {
  /** Root of the checkout: the web app's sources and dist/web. */
  root: string
  stages: readonly Stage[]
  more: (http: Http, app: App) => void
  lock?: FolderLock
}

export interface Serving {
  address: string
  login: { login: string; password: string } | null
  close(): Promise<void>
}

/** Builds the web app when needed, listens, and tells the data folder's lock where. */
export async function serve(app: App, options: ServeOptions): Promise<Serving> {
  const { host, port } = app.config
  await ensureWebBuilt(options.root)
  const login = await firstLogin(app, process.env)
  const http = await buildServer(app, {
    stages: options.stages,
    more: options.more,
    webRoot: join(options.root, 'dist', 'web'),
    localToken: options.lock?.token,
  })
  try {
    await http.listen({ host, port })
  } catch (error) {
    await http.close()
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw errors['platform.port-in-use']({ host, port }, error)
    throw errors['platform.port-refused']({ host, port, reason: code ?? String(error) }, error)
  }
  const bound = http.server.address()
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${typeof bound === 'object' && bound ? bound.port : port}`
  await options.lock?.announce(address)
  return { address, login, close: () => http.close() }
}

/** All jobs of the house worked in this process. */
export const startWorkers = (app: App, definitions: readonly JobDefinition[]): Promise<void> =>
  app.jobs.work(definitions, { workflow: app.workflow, app })

/** Resolves on the first SIGINT or SIGTERM; a second one ends the process at once. */
export const untilStopped = (): Promise<NodeJS.Signals> =>
  new Promise(resolve => {
    let asked = false
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (asked) process.exit(1)
        asked = true
        resolve(signal)
      })
  })
