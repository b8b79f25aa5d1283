import type { ZodType } from 'zod'
import { type Design, designSchema, type FragmentContent, fragmentContentSchema } from './design.ts'
import { designErrors } from './errors.ts'

/** A design as somebody handed it in; what it is not is said by the place in it. */
export const readDesign = (where: string, given: unknown): Design => read(where, designSchema, given)
export const readFragment = (where: string, given: unknown): FragmentContent =>
  read(where, fragmentContentSchema, given)

function read<T>(where: string, schema: ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const path = issue?.path ?? []
  throw designErrors['personalize.design-unreadable']({
    where: [where, blockAt(given, path)].filter(Boolean).join(', '),
    problem: `${path.join('.')}: ${issue?.message}`,
  })
}

/** The innermost block on the way to what is wrong, by its id. */
function blockAt(given: unknown, path: readonly PropertyKey[]): string {
  let value = given
  let id = ''
  for (const key of path) {
    if (typeof value !== 'object' || value === null) break
    value = (value as Record<PropertyKey, unknown>)[key]
    const named = value as { id?: unknown; type?: unknown } | null | undefined
    if (typeof named?.id === 'string' && typeof named.type === 'string') id = named.id
  }
  return id === '' ? '' : `block ${id}`
}
