import type { App } from '../platform/app.ts'
import { fileWithAssets, withAssets } from './assets/with-assets.ts'
import { type ComposePool, openComposePool } from './compose/pool.ts'

/** The composing threads of this process: started when something is to be composed, ended when nothing was for a while. */
const IDLE_MS = 20_000

interface Kept {
  pool: ComposePool
  idle: NodeJS.Timeout
}

const pools = new WeakMap<App['workflow'], Kept>()

export function composers(app: Pick<App, 'workflow' | 'config'>): ComposePool {
  const kept = pools.get(app.workflow)
  if (kept) {
    kept.idle.refresh()
    return kept.pool
  }
  const inner = openComposePool(app.config.threads)
  let working = 0
  const idle = setTimeout(() => {
    if (working > 0) return void idle.refresh()
    if (pools.get(app.workflow)?.pool === pool) pools.delete(app.workflow)
    void inner.close()
  }, IDLE_MS)
  idle.unref()
  const during = async <T>(work: Promise<T>): Promise<T> => {
    working++
    try {
      return await work
    } finally {
      working--
      idle.refresh()
    }
  }
  const pool: ComposePool = {
    compose: (version, rows) => during(withAssets(app, version).then(whole => inner.compose(whole, rows))),
    print: file => during(fileWithAssets(app, file).then(whole => inner.print(whole))),
    study: study => during(withAssets(app, study.version).then(version => inner.study({ ...study, version }))),
    close: () => inner.close(),
  }
  pools.set(app.workflow, { pool, idle })
  return pool
}

/** Ends this process's composing threads once they are done with what they were given; the next document starts new ones. */
export async function endComposers(app: Pick<App, 'workflow'>): Promise<void> {
  const kept = pools.get(app.workflow)
  if (!kept) return
  pools.delete(app.workflow)
  kept.idle.refresh()
}
