import { useCallback, useRef, useState } from 'react'
import { send } from '../../../api/client.ts'
import type { DecisionResult, QueuePair } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'

export type Verdict = 'same' | 'different' | 'unsure'

interface Given {
  rank: number
  actionId: number
}

/**
 * Answers leave the queue at once and are sent one after the other, in the order they were given; one that is refused comes
 * back with the reason.
 */
export function useAnswers(onSettled: () => void) {
  const { t } = useText()
  const [answered, setAnswered] = useState<ReadonlySet<number>>(new Set())
  const [canTakeBack, setCanTakeBack] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [last, setLast] = useState('')
  const given = useRef<Given[]>([])
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const waiting = useRef(0)

  const inOrder = useCallback(
    (work: () => Promise<void>) => {
      waiting.current++
      queue.current = queue.current
        .then(work)
        .catch((failure: unknown) => setError(failure))
        .finally(() => {
          waiting.current--
          if (waiting.current === 0) onSettled()
        })
    },
    [onSettled],
  )

  const mark = (rank: number, done: boolean): void =>
    setAnswered(before => {
      const next = new Set(before)
      if (done) next.add(rank)
      else next.delete(rank)
      return next
    })

  const give = (pair: QueuePair, verdict: Verdict): void => {
    setError(null)
    mark(pair.rank, true)
    inOrder(async () => {
      const ref = ({ source, rowKey }: QueuePair['left']) => ({ source, rowKey })
      try {
        const done = await send<DecisionResult>('POST', '/identity/decisions', {
          left: ref(pair.left),
          right: ref(pair.right),
          verdict,
        })
        given.current.push({ rank: pair.rank, actionId: done.actionId })
        setCanTakeBack(true)
        setLast(t(`identity.applied.${done.applied}`, { action: done.actionId }))
      } catch (failure) {
        mark(pair.rank, false)
        throw failure
      }
    })
  }

  const takeBack = (): void => {
    setError(null)
    inOrder(async () => {
      const undone = given.current.at(-1)
      if (!undone) return
      await send('POST', `/identity/actions/${undone.actionId}/undo`, {})
      given.current.pop()
      setCanTakeBack(given.current.length > 0)
      mark(undone.rank, false)
      setLast(t('identity.undone', { action: undone.actionId }))
    })
  }

  return { answered, give, takeBack, canTakeBack, error, last }
}
