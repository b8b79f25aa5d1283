import { z } from 'zod'

/** What the people who serve segments can do. Not said: 100 calls an agent a day, that is five hours on the line at 3 minutes. */
export const capacitySchema = z.strictObject({
  agents: z.number().min(0).max(100_000),
  /** On the line, an agent a day. */
  hours: z.number().min(0.1).max(24),
  daysAMonth: z.number().min(1).max(31),
  /** Offers by other ways that can be made in a month; null: as many as there are. */
  offersAMonth: z.number().int().min(0).nullable(),
})
export type Capacity = z.infer<typeof capacitySchema>

export const defaultCapacity: Capacity = { agents: 5, hours: 5, daysAMonth: 21, offersAMonth: null }

/** Minutes on the line in a month. */
export const minutesAMonth = ({ agents, hours, daysAMonth }: Capacity): number => agents * hours * 60 * daysAMonth
