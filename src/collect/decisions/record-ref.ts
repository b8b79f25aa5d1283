/** A source record by its lasting name. */
export interface RecordRef {
  source: string
  rowKey: string
}

export const refKey = ({ source, rowKey }: RecordRef): string => `${source}\u0000${rowKey}`
export const refText = ({ source, rowKey }: RecordRef): string => `${source}:${rowKey}`

/** `crm:K100001`; sources have no colon in their names, keys may. */
export function readRef(text: string): RecordRef {
  const at = text.indexOf(':')
  return { source: text.slice(0, Math.max(0, at)), rowKey: text.slice(at + 1) }
}

/** A pair has one name, whichever way round it is asked for. */
export const pairKey = (a: RecordRef, b: RecordRef): string => [refKey(a), refKey(b)].sort().join('\u0001')

/** SQL: `(source, row_key)` is among the parameters `sources` and `keys`. */
export const AMONG_REFS = `(source, row_key) IN (
  SELECT ref.1, ref.2 FROM (SELECT arrayJoin(arrayZip({sources:Array(String)}, {keys:Array(String)})) AS ref))`

export const refParams = (refs: readonly RecordRef[]): { sources: string[]; keys: string[] } => ({
  sources: refs.map(({ source }) => source),
  keys: refs.map(({ rowKey }) => rowKey),
})
