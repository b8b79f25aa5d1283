/** A mail somebody wrote, or a machine of theirs: into the thread it belongs to, on the customer whose communication it answers or whose address it is. */
import type { App } from '../../platform/app.ts'
import type { Addressee } from '../answers/of-communication.ts'
import { customersAt } from '../portal/known-by.ts'
import type { ReadMail } from './read-mail.ts'
import { receiveReply } from './receive-reply.ts'
import type { SenderProof } from './sender-proof.ts'
import { todaysNumber } from './todays-number.ts'

export async function receiveMail(
  app: App,
  mail: ReadMail,
  { to, automatic, proof }: { to?: Addressee | undefined; automatic: boolean; proof: SenderProof },
): Promise<void> {
  const { from, mailId, text, attachments, said } = mail
  const customerId = to ? await todaysNumber(app, to.customer_id) : await soleCustomerAt(app, from)
  await receiveReply(app, {
    channel: 'email',
    customerId,
    text,
    about: to?.id,
    subject: mail.subject,
    from,
    language: to?.language,
    // Programs that give every mail the same Message-ID exist: what it says tells two mails from one that came twice.
    key: `${from} ${mailId} ${said}`,
    mailId,
    references: mail.references,
    attachments,
    automatic: automatic || mail.automatic,
    proof,
  })
}

/** An address that several people have says nobody. */
async function soleCustomerAt(app: App, address: string): Promise<number> {
  if (address === '') return 0
  const found = await customersAt(app, { channel: 'email', address })
  return found.length === 1 ? found[0]! : 0
}
