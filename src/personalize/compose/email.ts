import MailComposer from 'nodemailer/lib/mail-composer'
import { sha256Of } from '../../platform/sha256.ts'
import { withPictures } from '../assets/mail-pictures.ts'
import { withBarcodes } from '../design/mail-barcodes.ts'
import { linksIn, trackedHtml, wishLink } from '../links/message-links.ts'
import { mailChoices, slotContents } from '../slots/slot-contents.ts'
import { asAttachment, carriedDocument } from './carried-document.ts'
import type { Data } from './check-data.ts'
import { fillIn } from './liquid.ts'
import { held, type Outcome } from './outcome.ts'
import type { TemplateVersion } from './template.ts'
import { logicOf, type View, viewOf } from './texts.ts'

/**
 * One message as RFC 5322 bytes: text and HTML alternatives filled by Liquid, headers by nodemailer. Message-ID, boundary and
 * date come from the data, so equal data give equal bytes.
 */
export async function composeEmail(version: TemplateVersion, data: Data): Promise<Outcome> {
  const to = data['to'] as { name?: string; email: string }
  if (!ONE_ADDRESS.test(to.email)) return held('invalid-data', `to.email: ${to.email}`)
  const view = viewOf(version, data)
  const id = String(data['id'])
  const { brand } = version
  // Signed, so that nobody unsubscribes others by guessing. A file composed outside an installation has no key: its link names nobody.
  const links = linksIn(data)
  const unsubscribe = links ? wishLink(links, 'u', id, brand.unsubscribeUrl) : brand.unsubscribeUrl
  const preferences = links ? wishLink(links, 'p', id, brand.unsubscribeUrl) : brand.unsubscribeUrl
  const scope = { ...view, unsubscribe, preferences }
  const { html: drawn, pictures } = withPictures(
    fillIn('html', version.compiled['body.html'] ?? '', scope, placeIn(version, 'body.mjml')),
    version,
  )
  const subject = oneLine(view.t['subject'] ?? '')
  const carried = carriedDocument(version, data)
  if (carried?.state === 'held') return carried
  const { html, codes } = withBarcodes(drawn, logicOf(version), view.t, id)
  const attachments = [...pictures, ...codes, ...(carried ? [asAttachment(carried, view, id)] : [])]
  const mail = new MailComposer({
    from: { name: String(view.brand['name']), address: `service@${brand.mailDomain}` },
    replyTo: brand.email,
    to: { name: oneLine(to.name ?? ''), address: to.email },
    subject,
    text: fillIn('text', version.files['body.txt'] ?? '', scope, placeIn(version, 'body.txt')),
    html: links ? trackedHtml(html, links, id) : html,
    ...(attachments.length > 0 ? { attachments } : {}),
    // Base64 halves the time of quoted-printable and, for Chinese, the size.
    textEncoding: 'base64',
    messageId: `<${id}@${brand.mailDomain}>`,
    date: new Date(`${String(data['issued'])}T09:00:00Z`),
    baseBoundary: sha256Of(id).slice(0, 24),
    headers: headers(version, view, id, unsubscribe),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const bytes = await mail.compile().build()
  return {
    state: 'composed',
    bytes,
    mediaType: 'message/rfc822',
    extension: 'eml',
    sha256: sha256Of(bytes),
    pages: 0,
    segments: 0,
    subject,
    slots: [...mailChoices(slotContents(version, view)), ...(carried?.slots ?? [])],
  }
}

const placeIn = ({ files }: TemplateVersion, file: string) => ({ file, written: files[file] ?? '' })

const headers = (
  { brand, manifest }: TemplateVersion,
  view: View,
  id: string,
  unsubscribe: string,
): Record<string, string> => ({
  'Content-Language': view.lang,
  // RFC 3834: answering machines keep quiet.
  'Auto-Submitted': 'auto-generated',
  'Feedback-ID': `${manifest.kind}:${id}`,
  // RFC 2369 and RFC 8058: one click, without a sign-in, for what is not service mail.
  ...(manifest.class === 'offer'
    ? {
        'List-Unsubscribe': `<${unsubscribe}>, <mailto:unsubscribe@${brand.mailDomain}?subject=${encodeURIComponent(unsubscribe.slice(unsubscribe.lastIndexOf('/') + 1))}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }
    : {}),
})

/** One address and nothing a header could read as more: whatever a template's own schema lets through. */
const ONE_ADDRESS = /^[^\s,;:<>()"\\[\]@\p{Cc}\p{Cf}]{1,64}@[^\s,;:<>()"\\[\]@\p{Cc}\p{Cf}]{1,255}$/u

/** A header is one line, whatever a name holds. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
