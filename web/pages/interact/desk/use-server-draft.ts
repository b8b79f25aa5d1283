import { useCallback, useEffect, useRef, useState } from 'react'
import { apiPath, send } from '../../../api/client.ts'
import type { TaskDetail } from '../../../api/types.ts'
import { useDraft } from '../../../kit/index.ts'

export type Saving = 'saved' | 'saving' | 'unsaved'

interface Kept<T> {
  /** Of the newest change; the clock, so that another browser's is comparable. */
  revision: number
  body: Partial<T>
}

/** Letters typed in one go are one save. */
const QUIET_MS = 400
/** The server did not answer: tried again while something waits. */
const AGAIN_MS = 3000

/**
 * What is typed goes to the server as it is typed, and lies in this browser until the server has it: a browser that dies loses nothing,
 * a line that drops neither. Whichever is newer, the server's or this browser's, is what the page begins with.
 */
export function useServerDraft<T extends object>(
  task: Pick<TaskDetail, 'taskId' | 'draft'>,
  initial: () => T,
  active: boolean,
): { draft: T; change: (part: Partial<T>) => void; drop: () => void; saving: Saving; savedAt: string | null } {
  const [kept, keep, forget] = useDraft<Kept<T>>(`task.${task.taskId}`, () => ({ revision: 0, body: {} }))
  const server = task.draft
  const [start] = useState(() =>
    server && server.revision >= kept.revision
      ? { revision: server.revision, body: server.body as Partial<T> }
      : { revision: kept.revision, body: kept.body },
  )
  const [draft, setDraft] = useState<T>(() => ({ ...initial(), ...start.body }))
  const [saving, setSaving] = useState<Saving>(start.revision > (server?.revision ?? 0) ? 'unsaved' : 'saved')
  const [savedAt, setSavedAt] = useState<string | null>(server?.savedAt ?? null)
  const newest = useRef({ revision: start.revision, body: draft, saved: server?.revision ?? 0, busy: false })
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const save = useCallback(async () => {
    const now = newest.current
    if (now.busy || now.revision <= now.saved) return
    now.busy = true
    const { revision, body } = now
    setSaving('saving')
    try {
      const answer = await send<{ revision: number }>('PUT', `/tasks/${task.taskId}/draft`, { revision, body })
      now.saved = Math.max(now.saved, answer.revision)
      setSavedAt(new Date().toISOString())
      setSaving(now.revision > now.saved ? 'unsaved' : 'saved')
    } catch {
      setSaving('unsaved')
    }
    now.busy = false
    if (now.revision > now.saved) timer.current = setTimeout(() => void save(), AGAIN_MS)
  }, [task.taskId])

  const change = useCallback(
    (part: Partial<T>) => {
      const now = newest.current
      now.body = { ...now.body, ...part }
      now.revision = Math.max(now.revision + 1, Date.now())
      setDraft(now.body)
      setSaving('unsaved')
      keep({ revision: now.revision, body: now.body })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), QUIET_MS)
    },
    [keep, save],
  )

  useEffect(() => {
    if (!active) return undefined
    void save()
    // The page goes away: what is not saved yet goes with a request that outlives it.
    const leave = (): void => {
      const { revision, saved, body } = newest.current
      if (revision <= saved) return
      void fetch(apiPath(`/tasks/${task.taskId}/draft`), {
        method: 'PUT',
        keepalive: true,
        credentials: 'same-origin',
        headers: { 'content-type': 'application/json', 'x-huiyin': '1' },
        body: JSON.stringify({ revision, body }),
      })
    }
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      clearTimeout(timer.current)
      leave()
    }
  }, [active, save, task.taskId])

  const drop = useCallback(() => {
    clearTimeout(timer.current)
    newest.current.saved = Number.POSITIVE_INFINITY
    forget()
  }, [forget])

  return { draft, change, drop, saving, savedAt }
}
