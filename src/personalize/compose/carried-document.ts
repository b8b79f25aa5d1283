/** The printed document that goes with an e-mail: set from the same data by the print template of the same family. */
import { checkData, type Data } from './check-data.ts'
import type { Held, Outcome } from './outcome.ts'
import { composePrint } from './print.ts'
import type { TemplateVersion } from './template.ts'
import type { View } from './texts.ts'

/** Undefined: this mail carries none, or leads to one that lies in the portal. */
export function carriedDocument({ document }: TemplateVersion, data: Data): Outcome | undefined {
  const { as } = (data['document'] ?? {}) as { as?: string }
  if (!document || as === 'linked') return undefined
  const checked = checkData(document, data)
  return 'state' in checked ? (checked satisfies Held) : composePrint(document, checked.data)
}

/** `bill-2010-11-17850.pdf` from the template's own text `file`, else by the message's id. */
export function asAttachment({ bytes }: Extract<Outcome, { state: 'composed' }>, view: View, id: string) {
  const name = (view.t['file'] ?? '').replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80)
  return {
    filename: `${name === '' ? id : name}.pdf`,
    content: Buffer.from(bytes),
    contentType: 'application/pdf',
    contentDisposition: 'attachment' as const,
  }
}
