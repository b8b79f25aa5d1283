/**
 * JSON.parse, but a number that JavaScript would change (above 2^53, more digits than a double holds, 1e400) stays as it was
 * written: account numbers and amounts come back out of the payload digit by digit. `context.source` and `JSON.rawJSON` are
 * ECMAScript's JSON.parse source text access (Node 21).
 */

/** A number outside a string begins after one of these; one with an exponent or 16 digits may not survive. */
const RISKY = /[:,[\s]-?\d+(?:\.\d+)?[eE]|[:,[\s]-?[\d.]{16,}/

export function parseExactly(text: string): unknown {
  return RISKY.test(text) ? JSON.parse(text, keepNumber as (key: string, value: unknown) => unknown) : JSON.parse(text)
}

interface RawJson {
  rawJSON(text: string): object
}

function keepNumber(key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined || key === 'customerId') return value
  return String(value) === context.source ? value : (JSON as unknown as RawJson).rawJSON(context.source)
}
