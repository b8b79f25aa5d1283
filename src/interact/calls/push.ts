/**
 * Calls pushed to desks as they change (server-sent events). Each process looks at the calls' change numbers: at once when the change
 * was made here, twice a second for what another process wrote, and not at all while no desk listens.
 */
import type { App } from '../../platform/app.ts'
import { type Call, changedSince, newestChange } from './call-table.ts'

const LOOK_EVERY_MS = 500
/** Change numbers are given before they are visible: one that was overtaken is met by looking back so far. */
const LOOK_BACK = 32

type Listener = (call: Call) => void

class Hub {
  private readonly listeners = new Set<Listener>()
  private readonly app: Pick<App, 'workflow' | 'log'>
  private timer: NodeJS.Timeout | undefined
  /** Changes up to here are older than whoever listens. */
  private floor = 0
  private newest = 0
  /** Call → its newest change that was told. */
  private readonly told = new Map<string, number>()
  private begun: Promise<void> = Promise.resolve()
  private looking = false
  private again = false

  constructor(app: Pick<App, 'workflow' | 'log'>) {
    this.app = app
  }

  async listen(listener: Listener): Promise<() => void> {
    // Among the listeners before anything is awaited: of two desks that open at once, neither begins where the other missed something.
    const begun = this.listeners.size > 0 ? this.begun : this.begin()
    this.listeners.add(listener)
    await begun.catch(error => {
      this.listeners.delete(listener)
      throw error
    })
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS).unref()
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size > 0) return
      clearInterval(this.timer)
      this.timer = undefined
      this.told.clear()
    }
  }

  /** What is there is known to whoever looks first; what was given a number before and is seen only later, is told. */
  private begin(): Promise<void> {
    const begin = async (): Promise<void> => {
      this.newest = await newestChange(this.app)
      this.floor = Math.max(0, this.newest - LOOK_BACK)
      for (const { call_id, change } of await changedSince(this.app, this.floor))
        if (change <= this.newest) this.told.set(call_id, change)
    }
    this.begun = begin()
    return this.begun
  }

  look(): void {
    if (this.listeners.size === 0) return
    this.again = this.looking
    if (this.looking) return
    this.looking = true
    this.tell()
      .catch(error => this.app.log.warn({ err: error }, 'calls could not be read for the desks'))
      .finally(() => {
        this.looking = false
        if (this.again) this.look()
      })
  }

  private async tell(): Promise<void> {
    await this.begun
    for (const call of await changedSince(this.app, Math.max(this.floor, this.newest - LOOK_BACK))) {
      this.newest = Math.max(this.newest, call.change)
      if (this.told.get(call.call_id) === call.change) continue
      this.told.set(call.call_id, call.change)
      for (const listener of this.listeners) listener(call)
    }
    if (this.told.size > 1000)
      for (const [id, change] of this.told) if (change < this.newest - LOOK_BACK) this.told.delete(id)
  }
}

const hubs = new WeakMap<App['workflow'], Hub>()

function hubOf(app: Pick<App, 'workflow' | 'log'>): Hub {
  const hub = hubs.get(app.workflow) ?? new Hub(app)
  hubs.set(app.workflow, hub)
  return hub
}

/** A call was changed by this process. */
export const callChanged = (app: Pick<App, 'workflow' | 'log'>): void => hubs.get(app.workflow)?.look()

/** Every change of every call until the returned function is called; the listener picks what its desk may see. */
export const listenToCalls = (app: Pick<App, 'workflow' | 'log'>, listener: Listener): Promise<() => void> =>
  hubOf(app).listen(listener)
