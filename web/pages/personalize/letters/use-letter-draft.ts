import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, get, send } from '../../../api/client.ts'
import type { LetterContent, LetterDetail } from '../../../api/letters.ts'
import { useDraft, useLater } from '../../../kit/index.ts'

/** Typed text is in this browser with each key, and on the server when typing pauses. */
const PAUSE_MS = 900

export interface LetterDraft {
  content: LetterContent
  channel: string
  saved: 'saved' | 'saving' | 'unsaved' | 'conflict'
  problem: unknown
  change: (part: Partial<LetterContent>) => void
  choose: (channel: string) => void
  /** Sends what is not saved yet; true when all of it is. */
  flush: () => Promise<boolean>
  /** In a conflict: what is on the server, or what is here. */
  takeTheirs: () => void
  keepMine: () => Promise<void>
}

interface Kept {
  content: LetterContent
  channel: string
  revision: number
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

export function useLetterDraft({ letter }: LetterDetail): LetterDraft {
  const client = useQueryClient()
  const path = `/letters/${letter.id}`
  const [draft, setDraft, dropDraft] = useDraft<Kept>(`letter.${letter.id}`, () => ({
    content: letter.content,
    channel: letter.channel,
    revision: letter.revision,
  }))
  const server = useRef({ content: letter.content, channel: letter.channel, revision: letter.revision })
  const [saved, setSaved] = useState<LetterDraft['saved']>('saved')
  const [problem, setProblem] = useState<unknown>(null)
  const current = useRef(draft)
  current.current = draft
  const running = useRef<Promise<boolean>>(Promise.resolve(true))

  const save = useCallback(async (): Promise<boolean> => {
    const { content, channel } = current.current
    if (same({ content, channel }, { content: server.current.content, channel: server.current.channel })) {
      setSaved('saved')
      return true
    }
    setSaved('saving')
    try {
      const { revision } = server.current
      const answer = await send<LetterDetail>('PUT', path, { revision, content, channel })
      server.current = { content, channel, revision: answer.letter.revision }
      client.setQueriesData({ predicate: ({ queryKey }) => queryKey[0] === path }, answer)
      setProblem(null)
      const still = same(current.current.content, content) && current.current.channel === channel
      setSaved(still ? 'saved' : 'unsaved')
      return still
    } catch (error) {
      setProblem(error)
      setSaved(error instanceof ApiError && error.code === 'letters.changed' ? 'conflict' : 'unsaved')
      return false
    }
  }, [client, path])

  /** One at a time: each save names the revision that the one before it made. */
  const flush = useCallback((): Promise<boolean> => {
    running.current = running.current.then(save)
    return running.current
  }, [save])

  const settled = useLater(draft, PAUSE_MS)
  useEffect(() => {
    if (settled === current.current) void flush()
  }, [settled, flush])

  const touch = (part: Partial<Kept>): void => {
    setSaved(before => (before === 'conflict' ? before : 'unsaved'))
    setDraft(part)
  }
  return {
    content: draft.content,
    channel: draft.channel,
    saved,
    problem,
    change: part => touch({ content: { ...current.current.content, ...part } }),
    choose: channel => touch({ channel }),
    flush,
    takeTheirs: () => {
      dropDraft()
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === path })
      location.reload()
    },
    keepMine: async () => {
      const theirs = await client.fetchQuery<LetterDetail>({
        queryKey: [path, 'theirs'],
        queryFn: () => get<LetterDetail>(path),
        staleTime: 0,
      })
      server.current = { ...server.current, revision: theirs.letter.revision }
      await flush()
    },
  }
}
