import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import type { CallView } from './types.ts'

/**
 * Who lifts the receiver has the caller on the screen without touching it. Not while another call is on it: the second one waits in
 * the banner. Once for each call, and only in the tab that is looked at.
 */
export function useScreenPop(calls: readonly CallView[], open: (call: CallView) => void): void {
  const { pathname } = useLocation()
  const popped = useRef(new Set<string>())
  const free = !pathname.startsWith('/tasks/')
  const lifted = calls.find(
    call => call.mine && call.state === 'answered' && call.taskId === '' && !popped.current.has(call.callId),
  )
  useEffect(() => {
    if (!lifted || !free || document.visibilityState !== 'visible') return
    popped.current.add(lifted.callId)
    open(lifted)
  }, [lifted, free, open])
}
