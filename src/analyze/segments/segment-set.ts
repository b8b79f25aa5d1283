import { z } from 'zod'
import { type Text, textSchema } from '../../platform/text.ts'
import { type Rule, ruleSchema } from './rule.ts'
import { type Service, serviceSchema } from './service.ts'

export interface SegmentDefinition {
  code: string
  name: Text
  strategy: Text
  rule: Rule
  service?: Service | undefined
}

/** All segments of a version: ordered ones are tried in turn, unordered ones must not overlap. */
export interface SegmentSet {
  ordered: boolean
  segments: SegmentDefinition[]
}

export const CODE = /^[A-Z0-9][A-Z0-9-]{0,39}$/

export const segmentDefinitionSchema = z.object({
  code: z.string().regex(CODE),
  name: textSchema,
  strategy: textSchema,
  rule: ruleSchema,
  service: serviceSchema.optional(),
})

export const segmentSetSchema = z.object({
  ordered: z.boolean().default(true),
  segments: z.array(segmentDefinitionSchema).min(1).max(1000),
})
