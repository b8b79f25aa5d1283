/** Letters that are written from the right: Hebrew, Arabic, Syriac, Thaana, N’Ko and the later ones of the same blocks. */
const FROM_THE_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const [FIRST_STRONG_ISOLATE, POP] = ['\u2068', '\u2069']

/**
 * A foreign text in ours keeps its own direction and turns nothing around it: an amount or a full stop after a Hebrew name stays where
 * we wrote it (UAX #9, 2.4 and 6.3: isolates). Data are cleaned of such marks before, so every one that is there is ours.
 */
export function isolated<T>(value: T): T {
  if (typeof value === 'string') return (FROM_THE_RIGHT.test(value) ? FIRST_STRONG_ISOLATE + value + POP : value) as T
  if (typeof value !== 'object' || value === null) return value
  if (!FROM_THE_RIGHT.test(JSON.stringify(value))) return value
  if (Array.isArray(value)) return value.map(isolated) as T
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, isolated(part)])) as T
}
