import { z } from 'zod'
import { ruleSchema } from '../../analyze/index.ts'
import { textSchema } from '../../platform/text.ts'
import { fileText } from '../read-settings.ts'

/**
 * Mail that the law or a contract demands, such as a change of terms: by post, once to each customer it concerns. It is planned
 * before any offer, no contact limit and no control group holds it back, and it takes of the printers' capacity first.
 */
export const noticeSchema = z.strictObject({
  id: z.string().min(1).max(80),
  name: textSchema,
  text: textSchema,
  rule: ruleSchema,
  /** Goes out with turns from this day on, to the last one (both included; null: no end). */
  from: z.iso.date(),
  until: z.iso.date().nullable(),
})
export type Notice = z.infer<typeof noticeSchema>

/** `samples/notices.json` */
export const noticesFile = z
  .array(
    z.strictObject({
      code: z.string().min(1).max(80),
      name: fileText,
      text: fileText,
      concerns: ruleSchema,
      from: z.iso.date(),
      until: z.iso.date().nullable(),
    }),
  )
  .transform(list => list.map(({ code, concerns, ...rest }): Notice => ({ id: code, rule: concerns, ...rest })))
