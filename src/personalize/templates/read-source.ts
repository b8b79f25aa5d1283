import { z } from 'zod'
import { designErrors } from '../design/errors.ts'
import { readDesign, readFragment } from '../design/read-design.ts'
import type { DraftSource } from './drafts.ts'
import type { ContentKind } from './kinds.ts'
import { fragmentSource, templateDraftSource } from './source.ts'

const parts = z.looseObject({ design: z.unknown(), content: z.unknown() })

/** What an author hands in; a fault inside a design is told with its block. */
export function readSource(kind: ContentKind, id: string, given: unknown): DraftSource {
  const { design, content } = parts.partial().safeParse(given).data ?? {}
  if (kind === 'template' && design !== undefined) readDesign(id, design)
  if (kind === 'fragment') readFragment(id, content)
  const result = (kind === 'template' ? templateDraftSource : fragmentSource).safeParse(given)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw designErrors['personalize.design-unreadable']({
    where: id,
    problem: `${issue?.path.join('.')}: ${issue?.message}`,
  })
}
