/** Enhanced status codes (RFC 3463) and reply codes (RFC 5321) as they stand in the words of a report. */

/** `550 5.1.1`, `(#5.1.1)`, `550-5.7.26`: the first that is not part of an address, version or number. */
export function statusIn(text: string): string {
  const clean = text.replace(/\[?\b\d{1,3}(?:\.\d{1,3}){3}\b\]?/g, ' ')
  const after = /\b[245]\d\d[ -]{1,2}(?:\d{3}[ -])?['"(<[]{0,2}#?([245]\.\d{1,2}\.\d{1,3})\b/.exec(clean)?.[1]
  return after ?? /(?<![\d.v])#?([245]\.\d\.\d{1,3})(?![\d.]*\d)/.exec(clean)?.[1] ?? ''
}

/** Reply code, or 0. */
export function replyIn(text: string): number {
  const found = /(?:^|[\s:;<("'[])([45]\d\d)(?=[\s;:,.#<-])/.exec(text)?.[1]
  return found ? Number(found) : 0
}

/**
 * The status to report: what the refusing server itself said, unless it says less than the report's own field.
 * A report often says 5.0.0 or its own guess in the field and quotes the server's 5.7.1 in the diagnostic.
 */
export function chosenStatus(field: string, said: string): string {
  // `554 4.4.7 Message expired <421 4.4.2 Connection timed out>`: the cause stands inside.
  const cause = /<([45]\d\d [45]\.\d\.\d{1,3} [^<>]*)>/.exec(said)?.[1]
  const quoted = statusIn(cause ?? said)
  if (field === '') return quoted
  if (quoted === '' || quoted === field) return field
  const vague = (status: string) => /\.0\.0$/.test(status)
  if (vague(field)) return field[0] === '4' && quoted[0] === '5' ? field : quoted
  if (vague(quoted)) return field
  return quoted
}
