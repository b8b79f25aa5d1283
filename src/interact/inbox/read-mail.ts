/**
 * A mail taken apart, whatever it holds. One that no reader takes apart (thousands of parts, headers or elements without end) is its own
 * attachment, so that a person sees it instead of nobody.
 */
import { type ParsedMail, simpleParser } from 'mailparser'
import { type Given, MOST_BYTES } from './attachments.ts'
import { wordsOfHtml } from './html-words.ts'

export interface ReadMail {
  /** In lower case; '' when it does not say. */
  from: string
  subject: string
  /** Message-ID, '' none. */
  mailId: string
  /** Message-IDs it answers, the nearest last. */
  references: string[]
  text: string
  attachments: Given[]
  /** Its headers say that nobody wrote it (RFC 3834, 5; `Precedence` as programs set it). */
  automatic: boolean
}

/** The parser gives up at 1 MB of headers; what we ask of them stands at the top. */
const MOST_HEAD = 256 * 1024
/** 500 kB of nested elements keep the parser busy for a second. */
const MOST_HTML = 128 * 1024
/** A Message-ID is a line (RFC 5322, 2.1.1: 998 characters); an index takes no more than 2,704 bytes. */
const MOST_ID = 500
/** Parents nearest to it: RFC 5322, 3.6.4 lets the list be cut. */
const MOST_REFERENCES = 50

const UNREADABLE = 'This mail cannot be taken apart; it is attached as it came. / 此邮件无法解析，原件见附件。'

const line = (text: string | undefined, most: number): string => (text ?? '').replace(/\p{Cc}+/gu, ' ').slice(0, most)

/** Its headers alone: quick, and never refused. */
export async function mailHead(bytes: Uint8Array): Promise<ParsedMail> {
  const top = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, MOST_HEAD))
  const end = /\r?\n\r?\n/.exec(top.toString('latin1'))
  return simpleParser(Buffer.concat([end ? top.subarray(0, end.index) : top, Buffer.from('\r\n\r\n')]))
}

export async function readMail(bytes: Uint8Array): Promise<ReadMail> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const mail = await simpleParser(whole, { skipImageLinks: true, maxHtmlLengthToParse: MOST_HTML })
    // Long or deep HTML: our own reader of its words gives up on none.
    .catch(() => simpleParser(whole, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true }))
    .catch(() => null)
  const head = mail ?? (await mailHead(bytes))
  return {
    from: line(head.from?.value[0]?.address, 254).trim().toLowerCase(),
    subject: head.subject ?? '',
    mailId: line(head.messageId, MOST_ID),
    references: referencesOf(head),
    text: !mail ? UNREADABLE : mail.text?.trim() ? mail.text : wordsOfHtml(mail.html || ''),
    attachments: mail
      ? mail.attachments.map(part => ({
          name: part.filename ?? part.contentType.replace('/', '.'),
          type: part.contentType,
          content: part.content,
        }))
      : [{ name: 'message.eml', type: 'message/rfc822', content: whole.subarray(0, MOST_BYTES) }],
    automatic: isAutomatic(head),
  }
}

const referencesOf = ({ references = [], inReplyTo }: ParsedMail): string[] =>
  [...new Set([references, inReplyTo ?? []].flat().map(id => line(id, MOST_ID)))].slice(-MOST_REFERENCES)

function isAutomatic({ headerLines }: ParsedMail): boolean {
  const value = (name: string): string =>
    headerLines
      .find(({ key }) => key === name)
      ?.line.split(':')[1]
      ?.trim() ?? ''
  const submitted = value('auto-submitted').toLowerCase()
  return (submitted !== '' && !submitted.startsWith('no')) || /^(bulk|junk|auto_reply)$/i.test(value('precedence'))
}
