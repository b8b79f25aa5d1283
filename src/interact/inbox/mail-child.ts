/** The process that takes mails apart (mail-reader.ts), one question at a time; it ends with whoever asks. */
import { readBounce } from '../bounces/read-bounce.ts'
import { lookAtMail, readMail } from './read-mail.ts'

const questions = { look: lookAtMail, report: readBounce, whole: readMail }
export type Question = keyof typeof questions

export interface MailAsked {
  question: Question
  /** Left out: the one that was asked about before. */
  mail?: Uint8Array
}
export type MailTold = { told: unknown } | { failed: string }

let mail: Uint8Array = new Uint8Array(0)

process.on('disconnect', () => process.exit())
process.on('message', async (asked: MailAsked) => {
  mail = asked.mail ?? mail
  const answer = await questions[asked.question](mail).then(
    (told): MailTold => ({ told }),
    (error: Error): MailTold => ({ failed: error.message }),
  )
  process.send!(answer)
})
