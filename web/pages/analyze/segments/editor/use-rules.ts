import { useMemo, useState } from 'react'
import type { SegmentSet, VersionDetail } from '../../../../api/segments.ts'
import { useDraft } from '../../../../kit/index.ts'
import { changed, historyOf, redone, undone } from './history.ts'

export interface RulesDraft {
  set: SegmentSet
  name: string
  /** Something is not as saved. */
  dirty: boolean
  canUndo: boolean
  canRedo: boolean
  /** `about` names the field: what is typed into one field is one step back. */
  change(next: SegmentSet, about?: string): void
  rename(name: string): void
  undo(): void
  redo(): void
  /** Back to what is saved. */
  drop(): void
}

interface Kept {
  set: SegmentSet | null
  name: string | null
}

/** The rules as they are being written: every step can be taken back, and a reload loses nothing. */
export function useRules(detail: VersionDetail): RulesDraft {
  const [kept, keep, forget] = useDraft<Kept>(`segments-${detail.id}-${detail.revision}`, () => ({
    set: null,
    name: null,
  }))
  const [history, setHistory] = useState(() => historyOf(kept.set ?? detail.set))
  const step = (after: typeof history) => {
    setHistory(after)
    keep({ set: after.now })
  }
  const set = history.now
  const name = kept.name ?? detail.name
  const dirty = useMemo(
    () => name !== detail.name || JSON.stringify(set) !== JSON.stringify(detail.set),
    [set, name, detail],
  )
  return {
    set,
    name,
    dirty,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: (next, about = '') => step(changed(history, next, about, Date.now())),
    rename: value => keep({ name: value }),
    undo: () => step(undone(history)),
    redo: () => step(redone(history)),
    drop: () => {
      setHistory(historyOf(detail.set))
      forget()
    },
  }
}
