/** A thread that sends: it opens the channel once and works the batches it is given, noting in each part's journal what it does. */
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { ChannelDown, type ChannelKind, type OutMessage, type Sender, type Verdict } from '../channels/channel.ts'
import { diskFull } from '../queue/disk-full.ts'
import { type Journal, openJournal } from './journal.ts'
import { paceOf } from './pace.ts'
import type { Batch, FromThread, ThreadData, ToThread } from './thread-messages.ts'

const { kind, module, opening, pace: shared, perSecond } = workerData as ThreadData
const port = parentPort!
const pace = paceOf(shared, perSecond)
const tell = (message: FromThread) => port.postMessage(message)

let sender: Promise<Sender> | undefined
/** soft: nothing new begins · hard: what is under way is cut as well. */
let halted: 'soft' | 'hard' | undefined

const opened = (): Promise<Sender> => {
  sender ??= load().then(found => found.open!(opening))
  return sender
}

async function load(): Promise<ChannelKind> {
  const exported = (await import(module)) as Record<string, Partial<ChannelKind> | undefined>
  const found = Object.values(exported).find(one => one?.kind === kind && one.open)
  if (!found) throw new Error(`${module} exports no channel of the kind ${kind}`)
  return found as ChannelKind
}

/** Messages under way, of all batches together: never more than the channel's window. */
let underWay = 0
const waiting: (() => void)[] = []

async function enter(window: number): Promise<void> {
  while (underWay >= window) await new Promise<void>(resolve => waiting.push(resolve))
  underWay++
}

function leave(): void {
  underWay--
  waiting.shift()?.()
}

/** Verdicts go back in handfuls: a message between threads costs 20 µs. */
const HANDFUL = 100
const HANDFUL_MS = 50

async function work({ batch, journal: path, messages, bytes }: Batch): Promise<void> {
  let journal: Journal | undefined
  let verdicts: [string, Verdict][] = []
  let down: ChannelDown | undefined
  let broken: string | undefined
  let toldAt = Date.now()
  const hand = (): void => {
    if (verdicts.length > 0) tell({ type: 'verdicts', batch, verdicts })
    verdicts = []
    toldAt = Date.now()
  }
  const settle = (id: string, verdict: Verdict): void => {
    verdicts.push([id, verdict])
    try {
      journal!.ended(id, verdict)
    } catch (error) {
      // The verdict is known here all the same; nothing more is begun that could not be noted.
      down ??= new ChannelDown('disk-full', (error as Error).message)
    }
    if (verdicts.length >= HANDFUL || Date.now() - toldAt > HANDFUL_MS) hand()
  }
  let next = 0
  const one = async (sending: Sender, message: OutMessage): Promise<void> => {
    journal!.begun(message.id)
    try {
      settle(message.id, await sending.send(message))
    } catch (error) {
      if (error instanceof ChannelDown && error.untouched) {
        settle(message.id, { state: 'deferred', reason: 'channel-down', detail: '', afterMs: 0 })
        down ??= error
      } else {
        settle(message.id, { state: 'uncertain', reason: 'no-reply', detail: String((error as Error).message) })
        if (error instanceof ChannelDown) down ??= error
        else broken ??= (error as Error).stack ?? String(error)
      }
    }
  }
  const lane = async (sending: Sender): Promise<void> => {
    while (next < messages.length && !halted && !down && !broken) {
      const { from, to, ...meta } = messages[next++]!
      const wait = pace.take()
      if (wait > 1) await sleep(wait)
      await enter(sending.window)
      try {
        if (halted || down || broken) break
        await one(sending, { ...meta, bytes: new Uint8Array(bytes, from, to - from) })
      } finally {
        leave()
      }
    }
  }
  try {
    const sending = await opened()
    journal = openJournal(path)
    const lanes = Array.from({ length: Math.min(sending.window, messages.length) }, () => lane(sending))
    // All are waited for: a verdict that came after the end of the batch would be lost.
    for (const lane of await Promise.allSettled(lanes)) if (lane.status === 'rejected') throw lane.reason
  } catch (error) {
    // Nothing of this batch was begun, or the journal cannot be written: the rest waits.
    sender = undefined
    const full = error instanceof ChannelDown ? error : diskFull(error)
    if (full) down ??= full
    else broken ??= (error as Error).stack ?? String(error)
  }
  hand()
  journal?.close()
  tell({
    type: 'done',
    batch,
    ...(down ? { down: { reason: down.reason, detail: down.detail } } : {}),
    ...(broken ? { broken } : {}),
  })
}

port.on('message', (message: ToThread) => {
  if (message.type === 'batch') {
    halted = undefined
    void work(message)
  } else if (message.type === 'halt') {
    halted = message.hard ? 'hard' : 'soft'
    if (message.hard) void sender?.then(open => open.abort()).catch(() => undefined)
  } else
    void (sender ?? Promise.resolve(undefined))
      .then(open => open?.close())
      .catch(() => undefined)
      .finally(() => port.close())
})
