import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, send } from '../../../api/client.ts'
import type { DraftSaved } from '../../../api/content.ts'
import { useDraft } from '../../../kit/index.ts'
import { changed, historyOf, redone, undone } from '../../analyze/segments/editor/history.ts'

export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict'

export interface SourceDraft<T> {
  source: T
  state: SaveState
  /** As last saved from here. */
  revision: number
  error: unknown
  canUndo: boolean
  canRedo: boolean
  change: (next: T, about?: string) => void
  undo: () => void
  redo: () => void
  /** Writes over what somebody else saved meanwhile, once one has seen that they did. */
  overwrite: (revision: number) => void
  saveNow: () => Promise<void>
}

interface Given<T> {
  draft: number
  revision: number
  source: T
  note: string
  locked: boolean
}

const SAVE_AFTER_MS = 1200

/**
 * A draft as it is written: each step can be taken back, and it saves itself when the hand rests. What could not be saved (no
 * connection, somebody else saved first) stays in this browser.
 */
export function useSource<T extends object>({
  draft,
  revision,
  source: given,
  note,
  locked,
}: Given<T>): SourceDraft<T> {
  const [kept, keep, forget] = useDraft<{ source: T | null }>(`content-${draft}-${revision}`, () => ({ source: null }))
  const [history, setHistory] = useState(() => historyOf(kept.source ?? given))
  const [state, setState] = useState<SaveState>(kept.source ? 'waiting' : 'saved')
  const [error, setError] = useState<unknown>(null)
  const [savedRevision, setSavedRevision] = useState(revision)
  const at = useRef({ revision, saved: JSON.stringify(given), busy: false, refused: false })
  const latest = useRef({ history, note, forget })
  latest.current = { history, note, forget }

  const soon = useRef(() => {})
  const save = useCallback(async (): Promise<void> => {
    const text = JSON.stringify(latest.current.history.now)
    // What somebody else saved first is not written over by trying again.
    if (at.current.busy || at.current.refused || text === at.current.saved) return
    at.current.busy = true
    setState('saving')
    try {
      const body = { revision: at.current.revision, note: latest.current.note, source: JSON.parse(text) as T }
      const { revision: next } = await send<DraftSaved>('PUT', `/content/drafts/${draft}`, body)
      at.current.revision = next
      at.current.saved = text
      setSavedRevision(next)
      setError(null)
      const more = JSON.stringify(latest.current.history.now) !== text
      setState(more ? 'waiting' : 'saved')
      // Written while it was on its way.
      if (more) soon.current()
      else latest.current.forget()
    } catch (failed) {
      at.current.refused = failed instanceof ApiError && failed.status === 409
      setError(failed)
      setState(at.current.refused ? 'conflict' : 'failed')
    } finally {
      at.current.busy = false
    }
  }, [draft])

  // Each change begins the wait anew; leaving the page waits no longer.
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const saveSoon = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void save(), SAVE_AFTER_MS)
  }, [save])
  soon.current = saveSoon
  const unsaved = kept.source !== null && !locked
  useEffect(() => {
    if (unsaved) saveSoon()
  }, [unsaved, saveSoon])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      void save()
    },
    [save],
  )
  // No connection: tried again now and then.
  useEffect(() => {
    if (state !== 'failed') return
    const timer = setInterval(() => void save(), 15_000)
    return () => clearInterval(timer)
  }, [state, save])

  const step = (after: typeof history) => {
    setHistory(after)
    keep({ source: after.now })
    if (state === 'conflict' || locked) return
    setState('waiting')
    saveSoon()
  }
  return {
    source: history.now,
    state,
    revision: savedRevision,
    error,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: (next, about = '') => step(changed(latest.current.history, next, about, Date.now())),
    undo: () => step(undone(latest.current.history)),
    redo: () => step(redone(latest.current.history)),
    overwrite: newer => {
      at.current.revision = newer
      at.current.refused = false
      setState('waiting')
      saveSoon()
    },
    saveNow: save,
  }
}
