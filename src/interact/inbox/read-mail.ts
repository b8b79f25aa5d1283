/**
 * A mail taken apart, whatever it holds. One that no reader takes apart (thousands of parts, headers or elements without end) is its own
 * attachment, so that a person sees it instead of nobody.
 */
import { createHash } from 'node:crypto'
import { type ParsedMail, simpleParser } from 'mailparser'
import { sha256Of } from '../../platform/sha256.ts'
import { type Given, MOST_BYTES } from './attachments.ts'
import { wordsOfHtml } from './html-words.ts'

/** What its headers say. */
export interface MailHead {
  /** In lower case; '' when it does not say. */
  from: string
  /** Addresses of all From headers: one, of a mail that says plainly who wrote it. */
  authors: number
  subject: string
  /** Message-ID, '' none. */
  mailId: string
  /** Message-IDs it answers, the nearest last. */
  references: string[]
  /** Its headers say that nobody wrote it (RFC 3834, 5; `Precedence` as programs set it). */
  automatic: boolean
  /** Whom it went to, as far as headers say. */
  addressed: string[]
  /** Values of Authentication-Results, the newest first: servers put theirs on top (RFC 8601, 4.1). */
  authentication: string[]
}

export interface LookedAt extends MailHead {
  /** Ids of communications that it quotes, anywhere. */
  quoted: string[]
  /** SHA-256 of all of it. */
  digest: string
}

export interface ReadMail extends MailHead {
  text: string
  attachments: Given[]
  /** SHA-256 of its subject, words and files, without what servers on the way add. */
  said: string
}

/** The parser gives up at 1 MB of headers; what we ask of them stands at the top. */
const MOST_HEAD = 256 * 1024
/** 500 kB of nested elements keep the parser busy for a second. */
const MOST_HTML = 128 * 1024
/** A Message-ID is a line (RFC 5322, 2.1.1: 998 characters); an index takes no more than 2,704 bytes. */
const MOST_ID = 500
/** Parents nearest to it: RFC 5322, 3.6.4 lets the list be cut. */
const MOST_REFERENCES = 50

/** Communications that one mail may quote. */
const MOST_QUOTED = 20
const MOST_SUBJECT = 998
const MOST_ADDRESSED = 200
/** Authentication-Results looked at, and characters of each: a server on the way writes one, seldom more than 1 kB. */
const MOST_RESULTS = 20
const MOST_RESULT = 4096
/** Four times what a message keeps: quotations are split off before it is cut. */
const MOST_WORDS = 200_000

const UNREADABLE = 'This mail cannot be taken apart; it is attached as it came. / 此邮件无法解析，原件见附件。'

const line = (text: string | undefined, most: number): string => (text ?? '').replace(/\p{Cc}+/gu, ' ').slice(0, most)

/** Of what nobody can look at. */
export const NO_HEAD: MailHead = {
  from: '',
  authors: 0,
  subject: '',
  mailId: '',
  references: [],
  automatic: false,
  addressed: [],
  authentication: [],
}

/** Its headers alone: quick, and never refused. */
async function parsedHead(bytes: Uint8Array): Promise<ParsedMail> {
  const top = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, MOST_HEAD))
  const end = /\r?\n\r?\n/.exec(top.toString('latin1'))
  return simpleParser(Buffer.concat([end ? top.subarray(0, end.index) : top, Buffer.from('\r\n\r\n')]))
}

/** Without taking it apart: what says whose it is, in time that grows with its bytes alone. */
export async function lookAtMail(bytes: Uint8Array): Promise<LookedAt> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = whole.toString('latin1').matchAll(/<([0-9a-f]{32})@/g)
  return {
    ...headOf(await parsedHead(bytes)),
    quoted: [...found.take(MOST_QUOTED)].map(match => match[1]!),
    digest: sha256Of(whole),
  }
}

export async function readMail(bytes: Uint8Array): Promise<ReadMail> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const mail = await simpleParser(whole, { skipImageLinks: true, maxHtmlLengthToParse: MOST_HTML })
    // Long or deep HTML: our own reader of its words gives up on none.
    .catch(() => simpleParser(whole, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true }))
    .catch(() => null)
  if (!mail) return unreadable(headOf(await parsedHead(bytes)), whole)
  const head = headOf(mail)
  const text = (mail.text?.trim() ? mail.text : wordsOfHtml(mail.html || '')).slice(0, MOST_WORDS)
  const said = createHash('sha256').update(`${head.subject}\n${text}`)
  for (const { content } of mail.attachments) said.update(`\n${content.length}\n`).update(content)
  return {
    ...head,
    text,
    attachments: mail.attachments.map(part => ({
      name: part.filename ?? part.contentType.replace('/', '.'),
      type: part.contentType,
      content: part.content,
    })),
    said: said.digest('hex'),
  }
}

/** It is kept as it came, for a person. */
export const unreadable = (head: MailHead, whole: Uint8Array): ReadMail => ({
  ...head,
  text: UNREADABLE,
  attachments: [{ name: 'message.eml', type: 'message/rfc822', content: whole.subarray(0, MOST_BYTES) }],
  said: sha256Of(whole),
})

function headOf(mail: ParsedMail): MailHead {
  const header = (name: string): string[] =>
    mail.headerLines.filter(({ key }) => key === name).map(({ line }) => line.slice(line.indexOf(':') + 1))
  const addresses = (text: string): string[] => text.match(/[^\s<>,;"]{1,250}@[^\s<>,;"]{1,253}/g) ?? []
  return {
    from: line(mail.from?.value[0]?.address, 254).trim().toLowerCase(),
    authors: Math.max(mail.from?.value.length ?? 0, header('from').length),
    subject: line(mail.subject, MOST_SUBJECT),
    mailId: line(mail.messageId, MOST_ID),
    references: referencesOf(mail),
    automatic: isAutomatic(mail),
    addressed: ['delivered-to', 'x-original-to', 'envelope-to', 'to']
      .flatMap(header)
      .flatMap(addresses)
      .slice(0, MOST_ADDRESSED),
    authentication: header('authentication-results')
      .slice(0, MOST_RESULTS)
      .map(value => value.slice(0, MOST_RESULT)),
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
