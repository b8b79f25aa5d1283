import type { z } from 'zod'
import type * as worth from '../../../../src/analyze/worth/api.ts'

export type ValuePage = z.infer<typeof worth.valuePage>
export type ValueModel = ValuePage['model']
export type Holdout = z.infer<typeof worth.holdoutShape>
export type WhatIf = z.infer<typeof worth.whatIf>
export type ValueCustomers = z.infer<typeof worth.valueCustomers>
export type CustomerValue = z.infer<typeof worth.customerValue>

export const horizons = [12, 24, 36] as const
