import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import { assetKinds } from './kind.ts'

/** HTTP shapes of pictures and fonts. */

export const assetId = z.string().regex(/^[0-9a-f]{64}$/)

export const assetRow = z.object({
  id: assetId,
  name: z.string(),
  kind: z.enum(assetKinds),
  mediaType: z.string(),
  size: z.number(),
  width: z.number(),
  height: z.number(),
  alt: textSchema,
  licence: z.string(),
  font: z
    .object({
      family: z.string(),
      style: z.string(),
      copyright: z.string(),
      licence: z.string(),
      latin: z.number(),
      chinese: z.number(),
    })
    .nullable(),
  uploadedBy: z.string(),
  uploadedAt: z.string(),
})
// GET /assets?kind=picture|font&words=
export const assetList = z.object({ total: z.number(), rows: z.array(assetRow) })
// POST /assets?name=&licence=&altEn=&altZh=, body: the bytes → the row; `known` where the same bytes were there already
export const assetStored = z.object({ asset: assetRow, known: z.boolean() })
// GET /assets/:id/where-used
export const assetUses = z.object({
  rows: z.array(
    z.object({
      what: z.enum(['template', 'draft', 'fragment']),
      id: z.string(),
      version: z.number().nullable(),
      live: z.boolean(),
    }),
  ),
})
// PUT /assets/:id {name?, alt?, licence?} → the row    DELETE /assets/:id → 204    GET /assets/:id/content → the bytes
export const assetChange = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  alt: textSchema.optional(),
  licence: z.string().trim().max(300).optional(),
})
