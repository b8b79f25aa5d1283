import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'

/** What an import of the file would do: rowsIn = fresh + changed + same + repeated + quarantined. */
export const dryRunReport = z.object({
  source: z.string(),
  file: z.string(),
  kind: z.string(),
  rowsIn: z.number(),
  /** Rows under keys not known yet. */
  fresh: z.number(),
  /** Rows that say something else than the newest version of their key. */
  changed: z.number(),
  /** Rows that are known as they stand. */
  same: z.number(),
  /** Rows that repeat another of the file. */
  repeated: z.number(),
  quarantined: z.number(),
  refused: z.array(
    z.object({
      rule: z.string(),
      column: z.string(),
      count: z.number(),
      examples: z.array(z.object({ rowNo: z.number(), value: z.string(), message: textSchema })),
    }),
  ),
  /** Fields of changed rows; '' where only columns differ that are kept as given. Counted over the first `compared` changed rows. */
  compared: z.number(),
  fields: z.array(
    z.object({
      field: z.string(),
      rows: z.number(),
      examples: z.array(z.object({ rowKey: z.string(), rowNo: z.number(), before: z.string(), after: z.string() })),
    }),
  ),
  /** Against the golden records as they are; null before the first turn and for files that are not about people. */
  golden: z
    .object({
      /** Of the new rows: those whose account, e-mail or mobile a customer has already. */
      joins: z.number(),
      newCustomers: z.number(),
      /** Golden values that rest on a changed row and would follow it, and changes that another source's value outranks today. */
      follows: z.number(),
      outranked: z.number(),
      examples: z.array(z.object({ customerId: z.number(), field: z.string(), before: z.string(), after: z.string() })),
    })
    .nullable(),
  seconds: z.number(),
})
export type DryRunReport = z.infer<typeof dryRunReport>
