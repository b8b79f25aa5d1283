import type { MailPicture } from '../assets/mail-pictures.ts'
import { barcodePng } from './barcode.ts'
import type { Logic } from './logic.ts'

const SOURCE = /src="\/barcodes\/([a-z0-9-]+)"/g

/** Each code of a mail as a picture inside it (RFC 2392 `cid:`), as uploaded pictures are. */
export function withBarcodes(
  html: string,
  logic: Logic | undefined,
  t: Record<string, string>,
  mail: string,
): { html: string; codes: MailPicture[] } {
  const codes: MailPicture[] = []
  const linked = html.replace(SOURCE, (whole, id: string) => {
    const { symbology, text } = logic?.barcodes[id] ?? {}
    const content = symbology && text !== undefined ? barcodePng(symbology, t[text] ?? '') : undefined
    if (!content) return whole
    const cid = `${mail}.${id}@codes`
    codes.push({ cid, content, contentType: 'image/png', filename: `${id}.png`, contentDisposition: 'inline' })
    return `src="cid:${cid}"`
  })
  return { html: linked, codes }
}
