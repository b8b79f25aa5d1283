import { z } from 'zod'

const money = z.number().int().nullable()

/** What a segment is to bring in a year of 365 days; null: nothing was agreed. Money in minor units. */
export const targetsSchema = z.object({
  revenueMinor: money,
  marginMinor: money,
  contactCostMinor: money,
})
export type Targets = z.infer<typeof targetsSchema>

export const noTargets: Targets = { revenueMinor: null, marginMinor: null, contactCostMinor: null }
