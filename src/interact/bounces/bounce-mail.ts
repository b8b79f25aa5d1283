/** A mail that came back, taken apart: what says what happened (reports, text) and what we had sent (the original's headers). */
import { simpleParser } from 'mailparser'
import { wordsOfHtml } from '../inbox/html-words.ts'

export interface BounceMail {
  /** Value of a header of the mail itself, unfolded, '' when it has none. */
  header(name: string): string
  from: string
  subject: string
  /** What the reporting server wrote for people, without the returned original. */
  text: string
  /** Bodies of message/delivery-status parts (RFC 3464). */
  statusReports: string[]
  /** Bodies of message/feedback-report parts (RFC 5965). */
  feedbackReports: string[]
  /** Headers (and what follows) of the returned original, '' when none was returned. */
  original: string
}

const MOST_BYTES = 4 * 1024 * 1024

/** Where a report without MIME parts begins to quote the original. */
const QUOTE_BEGINS =
  /^(?:[-=_* ]{0,12}(?:original message(?: header[s]?| text)?(?: follows)?|message (?:header[s]?|text|body)(?: follows?)?|below this line is (?:a|the) (?:copy of (?:the|your) message|original bounce|original message headers?|actual bounce)|this is a copy of (?:the|your) message(?:,? including all the headers)?|(?:a )?copy of the (?:original )?message(?: below this line)?|returned message(?: follows)?|unsent message (?:follows|below)|unsent original|your (?:original )?message(?: header[s]?)? (?:follows|is (?:below|included))|the (?:header|headers|text) of (?:the|your)(?: original)? message|text of your message|forwarded message|(?:start|beginning) of (?:original|returned|failed) (?:message|mail)|here is a copy of the .*|included is a copy of .*|enclosed is a copy of .*|below is a copy of .*|first \d+ (?:lines|bytes).*|(?:the )?(?:following|body) (?:is|of) (?:the )?(?:original|generated|returned).*|received: (?:from|by|\().*|content-type: message\/rfc822.*|return-path: ?<.*|原始(?:邮件|郵件)|以下は.*メール.*|----- ?original.*)[-=_*:. ]{0,80})\s*$/im

export async function readBounceMail(bytes: Uint8Array, depth = 0): Promise<BounceMail> {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, MOST_BYTES))
  // latin1 keeps every byte. A returned original that is to be shown inline would be mixed with the report's own words.
  const whole = withoutEnvelopeLine(raw).toString('latin1')
  const apart = Buffer.from(whole.replace(/^(content-disposition:\s*)inline/gim, '$1attachment'), 'latin1')
  const mail = await simpleParser(apart, {
    keepDeliveryStatus: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    maxHtmlLengthToParse: 128 * 1024,
  })
  const headers = new Map<string, string>()
  for (const { key, line } of mail.headerLines) {
    if (!headers.has(key))
      headers.set(
        key,
        line
          .slice(line.indexOf(':') + 1)
          .replace(/\r?\n[ \t]+/g, ' ')
          .trim(),
      )
  }
  const statusReports: string[] = []
  const feedbackReports: string[] = []
  let original = ''
  let text = mail.text || wordsOfHtml(mail.html || '')
  const reported = mail.attachments.some(({ contentType }) =>
    /^message\/(?:global-)?delivery-status/i.test(contentType),
  )
  for (const { contentType, content } of mail.attachments) {
    const type = contentType.toLowerCase()
    const body = content.toString('utf8').replace(/\r\n?/g, '\n')
    if (type.startsWith('message/delivery-status') || type.startsWith('message/global-delivery-status'))
      statusReports.push(body)
    else if (type.startsWith('message/feedback-report')) feedbackReports.push(body)
    else if (/^(message\/(rfc822|global|partial)|text\/rfc822)/.test(type)) {
      // A gateway may wrap the whole report.
      if (depth === 0 && !reported && /^content-type:\s*multipart\/report/im.test(body.slice(0, body.indexOf('\n\n'))))
        return readBounceMail(content, 1)
      original ||= body
    } else if (/^text\/(?:plain|html)/.test(type)) text += `\n${type.endsWith('html') ? wordsOfHtml(body) : body}`
    else if (type.startsWith('text/')) text += `\n${body}`
  }
  // Broken boundaries leave no text at all: the body as it stands is better than nothing.
  if (text.trim() === '' && statusReports.length === 0) text = bodyOf(raw.toString('utf8'))
  // A report that somebody forwarded is quoted.
  text = text.replace(/\r\n?/g, '\n').replace(/^(?:> ?)+/gm, '')
  if (statusReports.length === 0) {
    const fields = /^(?:(?:original|final)-recipient:[^\n]*\n(?:[\w-]+:[^\n]*\n(?:[ \t]+[^\n]*\n)*)*)/im.exec(
      `${text}\n`,
    )
    if (fields && /^(?:status|action):/im.test(fields[0])) statusReports.push(`\n\n${text.slice(fields.index)}`)
  }
  const quote = QUOTE_BEGINS.exec(text)
  if (quote && quote.index > 0) {
    original ||= text.slice(quote.index)
    text = text.slice(0, quote.index)
  }
  return {
    header: name => headers.get(name) ?? '',
    from: mail.from?.text ?? headers.get('from') ?? '',
    subject: mail.subject ?? '',
    text,
    statusReports,
    feedbackReports,
    original,
  }
}

function withoutEnvelopeLine(raw: Buffer): Buffer {
  if (raw.subarray(0, 5).toString('latin1') !== 'From ') return raw
  const end = raw.indexOf(10)
  return end < 0 ? raw : raw.subarray(end + 1)
}

function bodyOf(raw: string): string {
  const at = /\r?\n\r?\n/.exec(raw)
  return at ? raw.slice(at.index) : ''
}
