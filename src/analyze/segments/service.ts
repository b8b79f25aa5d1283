import { z } from 'zod'

export const periods = ['month', 'quarter', 'year'] as const
export type Period = (typeof periods)[number]

export const periodsInYear: Record<Period, number> = { month: 12, quarter: 4, year: 1 }

/** What a segment's strategy promises each customer in a period: talks with a person, and offers by other ways. */
export const serviceSchema = z.strictObject({
  per: z.enum(periods),
  calls: z.number().min(0).max(1000).default(0),
  /** Minutes of a person's time a call. */
  minutes: z.number().min(0.1).max(480).default(3),
  offers: z.number().min(0).max(1000).default(0),
})
export type Service = z.infer<typeof serviceSchema>
