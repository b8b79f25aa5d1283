import { useEffect, useState } from 'react'
import { send } from '../../../api/client.ts'

const EVERY_MS = 60_000

/** Tells the server that the agent is still at it; true once the task went to somebody else. */
export function useLease(taskId: string, held: boolean): boolean {
  const [lost, setLost] = useState(false)
  useEffect(() => {
    if (!held) return undefined
    const sign = async (): Promise<void> => {
      try {
        setLost(!(await send<{ held: boolean }>('POST', `/tasks/${taskId}/keep`)).held)
      } catch {
        // A line that drops for a minute loses no task: the lease lasts a quarter of an hour.
      }
    }
    void sign()
    const timer = setInterval(() => void sign(), EVERY_MS)
    return () => clearInterval(timer)
  }, [taskId, held])
  return lost
}
