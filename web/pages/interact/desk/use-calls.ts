import { useSyncExternalStore } from 'react'
import { apiPath } from '../../../api/client.ts'
import type { CallView } from './types.ts'

type Told = CallView | { callId: string; gone: true }

const calls = new Map<string, CallView>()
const listeners = new Set<() => void>()
let shown: readonly CallView[] = []
let stream: EventSource | undefined

/** Ended calls stay for the wrap-up. */
const WRAP_UP_MS = 30 * 60_000

function tell(): void {
  for (const [id, call] of calls)
    if (call.endedAt && Date.now() - Date.parse(call.endedAt) > WRAP_UP_MS) calls.delete(id)
  shown = [...calls.values()].sort((a, b) => a.rangAt.localeCompare(b.rangAt))
  for (const listener of listeners) listener()
}

function open(): void {
  stream = new EventSource(apiPath('/desk/events'))
  stream.addEventListener('call', event => {
    const told = JSON.parse((event as MessageEvent<string>).data) as Told
    if ('gone' in told) calls.delete(told.callId)
    else calls.set(told.callId, told)
    tell()
  })
}

/** One stream for the whole page, open while anybody looks. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (!stream) open()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    stream?.close()
    stream = undefined
    calls.clear()
    shown = []
  }
}

/** Calls at this desk, as the telephone system reports them. */
export const useCalls = (): readonly CallView[] => useSyncExternalStore(subscribe, () => shown)

/** What the answer to a change said of a call, before the stream does. */
export function noteCall(call: CallView): void {
  calls.set(call.callId, call)
  tell()
}
