/** A mail somebody wrote, or a machine of theirs: into the thread it belongs to, on the customer whose communication it answers or whose address it is. */
import type { ParsedMail } from 'mailparser'
import { simpleParser } from 'mailparser'
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import type { Addressee } from '../answers/of-communication.ts'
import { customersAt } from '../portal/known-by.ts'
import { wordsOfHtml } from './html-words.ts'
import { receiveReply } from './receive-reply.ts'
import { todaysNumber } from './todays-number.ts'

export async function receiveMail(
  app: App,
  bytes: Uint8Array,
  { to, automatic }: { to?: Addressee | undefined; automatic: boolean },
): Promise<void> {
  const mail = await simpleParser(Buffer.from(bytes), { skipImageLinks: true })
  const from = (mail.from?.value[0]?.address ?? '').toLowerCase().slice(0, 254)
  const customerId = to ? await todaysNumber(app, to.customer_id) : await soleCustomerAt(app, from)
  const mailId = mail.messageId ?? ''
  await receiveReply(app, {
    channel: 'email',
    customerId,
    text: mail.text?.trim() ? mail.text : wordsOfHtml(mail.html || ''),
    about: to?.id,
    subject: mail.subject,
    from,
    language: to?.language,
    key: mailId === '' ? sha256Of(bytes) : `${from} ${mailId}`,
    mailId,
    references: referencesOf(mail),
    attachments: mail.attachments.map(part => ({
      name: part.filename ?? part.contentType.replace('/', '.'),
      type: part.contentType,
      content: part.content,
    })),
    automatic,
  })
}

/** An address that several people have says nobody. */
async function soleCustomerAt(app: App, address: string): Promise<number> {
  if (address === '') return 0
  const found = await customersAt(app, { channel: 'email', address })
  return found.length === 1 ? found[0]! : 0
}

const referencesOf = ({ references = [], inReplyTo }: ParsedMail): string[] => [
  ...new Set([references, inReplyTo ?? []].flat()),
]
