/** A dotted path into data, through lists as well: `invoices.amount` gives every invoice's amount. */
export function valuesAt(data: unknown, path: string): unknown[] {
  let values: unknown[] = [data]
  for (const key of path.split('.'))
    values = values.flatMap(value => (Array.isArray(value) ? value : [value])).map(value => field(value, key))
  return values
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}

export const isMissing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** A copy of the data in which the path holds the value; objects on the way are made when they are missing. */
export function withValue(data: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  const [key = '', ...rest] = path.split('.')
  if (rest.length === 0) return { ...data, [key]: value }
  const inner = field(data, key)
  const object = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {}
  return { ...data, [key]: withValue(object, rest.join('.'), value) }
}
