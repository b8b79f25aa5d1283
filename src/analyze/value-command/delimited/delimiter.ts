/** What separates cells: one sign, or any run of blanks. */
export type Delimiter = ',' | ';' | '\t' | '|' | 'blanks'

/** The sign found most in the first line outside quotes; blanks where there is none of them. */
export function findDelimiter(line: string): Delimiter {
  let quoted = false
  const counts = new Map<string, number>()
  for (const sign of line) {
    if (sign === '"') quoted = !quoted
    else if (!quoted) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  }
  let best: Delimiter | undefined
  for (const sign of [',', ';', '\t', '|'] as const)
    if ((counts.get(sign) ?? 0) > (best ? counts.get(best)! : 0)) best = sign
  return best ?? (/\S\s+\S/.test(line) ? 'blanks' : ',')
}
