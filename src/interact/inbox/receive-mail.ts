/** A mail somebody wrote, or a machine of theirs: into the thread it belongs to, on the customer whose communication it answers or whose address it is. */
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import type { Addressee } from '../answers/of-communication.ts'
import { customersAt } from '../portal/known-by.ts'
import type { ReadMail } from './read-mail.ts'
import { receiveReply } from './receive-reply.ts'
import { todaysNumber } from './todays-number.ts'

export async function receiveMail(
  app: App,
  mail: ReadMail,
  { to, automatic }: { to?: Addressee | undefined; automatic: boolean },
): Promise<void> {
  const { from, mailId, text, attachments } = mail
  const customerId = to ? await todaysNumber(app, to.customer_id) : await soleCustomerAt(app, from)
  // Programs that give every mail the same Message-ID exist: what it says tells two mails from one that came twice.
  const said = sha256Of([mail.subject, text, ...attachments.map(({ content }) => content.length)].join('\n'))
  await receiveReply(app, {
    channel: 'email',
    customerId,
    text,
    about: to?.id,
    subject: mail.subject,
    from,
    language: to?.language,
    key: `${from} ${mailId} ${said}`,
    mailId,
    references: mail.references,
    attachments,
    automatic: automatic || mail.automatic,
  })
}

/** An address that several people have says nobody. */
async function soleCustomerAt(app: App, address: string): Promise<number> {
  if (address === '') return 0
  const found = await customersAt(app, { channel: 'email', address })
  return found.length === 1 ? found[0]! : 0
}
