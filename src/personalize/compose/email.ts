import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { linksIn, trackedHtml, wishLink } from '../links/message-links.ts'
import type { Data } from './check-data.ts'
import { fill } from './liquid.ts'
import type { Composed } from './outcome.ts'
import type { TemplateVersion } from './template.ts'
import { type View, viewOf } from './texts.ts'

/**
 * One message as RFC 5322 bytes: text and HTML alternatives filled by Liquid, headers by nodemailer. Message-ID, boundary and
 * date come from the data, so equal data give equal bytes.
 */
export async function composeEmail(version: TemplateVersion, data: Data): Promise<Composed> {
  const view = viewOf(version, data)
  const id = String(data['id'])
  const { brand } = version
  // Signed, so that nobody unsubscribes others by guessing. A file composed outside an installation has no key: its link names nobody.
  const links = linksIn(data)
  const unsubscribe = links ? wishLink(links, 'u', id, brand.unsubscribeUrl) : brand.unsubscribeUrl
  const preferences = links ? wishLink(links, 'p', id, brand.unsubscribeUrl) : brand.unsubscribeUrl
  const scope = { ...view, unsubscribe, preferences }
  const html = fill('html', version.compiled['body.html'] ?? '', scope)
  const subject = oneLine(view.t['subject'] ?? '')
  const to = data['to'] as { name?: string; email: string }
  const mail = new MailComposer({
    from: { name: String(view.brand['name']), address: `service@${brand.mailDomain}` },
    replyTo: brand.email,
    to: { name: oneLine(to.name ?? ''), address: to.email },
    subject,
    text: fill('text', version.files['body.txt'] ?? '', scope),
    html: links ? trackedHtml(html, links, id) : html,
    // Base64 halves the time of quoted-printable and, for Chinese, the size.
    textEncoding: 'base64',
    messageId: `<${id}@${brand.mailDomain}>`,
    date: new Date(`${String(data['issued'])}T09:00:00Z`),
    baseBoundary: createHash('sha256').update(id).digest('hex').slice(0, 24),
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
    sha256: createHash('sha256').update(bytes).digest('hex'),
    pages: 0,
    segments: 0,
    subject,
  }
}

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

/** A header is one line, whatever a name holds. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
