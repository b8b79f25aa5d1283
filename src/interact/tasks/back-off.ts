/** When a customer who was not reached is rung again, and when we stop. */

interface Rule {
  /** Minutes until each further try; after the last of them the call is done. */
  after: readonly number[]
}

/**
 * No answer: four hours later the day has another shape, then the next day. Busy: soon. A voicemail was left: they have a day to ring
 * back. A wrong number is not rung again by anybody; the next number we know is tried at once.
 */
export const BACK_OFF: Readonly<Record<string, Rule>> = {
  'no-answer': { after: [240, 1200] },
  busy: { after: [15, 30, 120] },
  voicemail: { after: [1440] },
}

/** Whatever the outcomes: nobody is rung more often for one task. */
export const MOST_ATTEMPTS = 6

/** The next try; null: there is none. `tries` counts this outcome already. */
export function nextTry(
  outcome: string,
  { tries, attempts, numbersLeft, now }: { tries: number; attempts: number; numbersLeft: number; now: Date },
): Date | null {
  if (attempts >= MOST_ATTEMPTS) return null
  if (outcome === 'wrong-number') return numbersLeft > 0 ? now : null
  const minutes = BACK_OFF[outcome]?.after[tries - 1]
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000)
}
