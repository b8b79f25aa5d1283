/**
 * Works through parts in some lanes side by side. The engine writes the rows of an INSERT … SELECT in one thread, so two statements of one
 * thread each keep two cores busy where one statement of two does not.
 */
export async function inLanes<T>(
  lanes: number,
  parts: Iterable<T>,
  work: (part: T) => Promise<unknown>,
): Promise<void> {
  const waiting = parts[Symbol.iterator]()
  const lane = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** [0, step), [step, 2 step) … up to `end`. */
export function* ranges(end: number, step: number): Generator<{ from: number; to: number }> {
  for (let from = 0; from < end; from += step) yield { from, to: from + step }
}
