import { z } from 'zod'

/** How a printer's hall works: what fits which envelope, how much one file holds. */
export const printSettingsSchema = z.strictObject({
  /** Printed on both sides of the sheet. */
  duplex: z.boolean().default(true),
  /** none: an envelope per document; customer: one per customer; household: one per household at one address. */
  consolidate: z.enum(['none', 'customer', 'household']).default('household'),
  /** Smallest first; what fits none of them goes to hand work (`HAND`). Sheets folded or flat as that envelope takes them. */
  envelopes: z
    .array(z.strictObject({ code: z.string().regex(/^[A-Z0-9]{1,8}$/), mostSheets: z.number().int().min(1).max(999) }))
    .min(1)
    .refine(
      list => list.every((each, i) => i === 0 || each.mostSheets > list[i - 1]!.mostSheets),
      'from the smallest to the largest / 须由小到大',
    )
    .refine(list => new Set(list.map(({ code }) => code)).size === list.length, 'every code once / 代码不可重复')
    .default([
      { code: 'DL', mostSheets: 5 },
      { code: 'C5', mostSheets: 12 },
      { code: 'C4', mostSheets: 60 },
    ]),
  /** A file is never larger than one compile takes, whatever stands here. */
  mostSheetsAFile: z.number().int().min(10).max(5_000).default(500),
  /** Pieces printed before the run, marked as proof, for a person to look at. */
  proofs: z.number().int().min(0).max(50).default(5),
})
export type PrintSettings = z.infer<typeof printSettingsSchema>

/** Of a piece too thick for every envelope. */
export const HAND_WORK = 'HAND'
