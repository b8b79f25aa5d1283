/**
 * A yes by SMS is asked back before it counts: the number it seems to come from can be forged on its way, but the code goes to whoever has
 * that number. Nothing is stored but the question: the code is made from the message, so asking twice sends the same.
 */
import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { offers } from '../../optimize/index.ts'
import { companyName, linkSecret } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { ChannelDown } from '../channels/channel.ts'
import { sendDirect } from '../direct/send-direct.ts'
import { readLang, wordsIn } from '../portal/words.ts'
import type { Heard } from './follow.ts'
import { refuseSuppressed } from './refuse-suppressed.ts'
import { standsInThread } from './stands-in-thread.ts'

const ANSWER_WITHIN_MS = 24 * 3600_000
/** Wrong codes: three guesses hit one of 10,000 in 0.03 % of tries. */
const TRIES = 3
/** Of one number: a stranger who writes in its name must not make it ring all day. */
const MOST_A_DAY = 5

const CODE = /^\s*\p{Nd}{4}\s*$/u
/** The same to the store, full-width digits too. */
const CODE_SQL = '^\\s*[0-9０-９]{4}\\s*$'

const codeOf = (secret: Buffer, sourceKey: string): string =>
  String(createHmac('sha256', secret).update(`confirm ${sourceKey}`).digest().readUInt32BE() % 10_000).padStart(4, '0')

/** `confirming`: the number was asked. `person`: it cannot be, so somebody looks. */
export async function askBack(app: App, { message, thread, customerId, to }: Heard): Promise<'confirming' | 'person'> {
  if (!to || to.offer === '' || thread.address === '') return 'person'
  if ((await acceptedToday(app, thread.address)) > MOST_A_DAY) return 'person'
  const code = codeOf(await linkSecret(app), message.source_key)
  const text = await question(app, thread.language, to.offer)
  const id = sha256Of(`confirm:${message.source_key}`).slice(0, 32)
  try {
    await refuseSuppressed(app, 'sms', thread.address)
    const { verdict } = await sendDirect(app, {
      id,
      customerId,
      language: thread.language,
      kind: 'confirm-acceptance',
      to: { channel: 'sms', address: thread.address },
      text: text(code),
    })
    if (verdict.state !== 'settled') return 'person'
  } catch (error) {
    if (error instanceof ChannelDown) app.log.warn({ reason: error.reason }, 'an acceptance could not be asked back')
    return 'person'
  }
  await standsInThread(app, {
    ...{ threadId: thread.thread_id, key: `confirm:${message.source_key}`, text: text('••••') },
    ...{ subject: '', mailId: '', address: '', userId: null },
  })
  return 'confirming'
}

/** Number of the message whose yes this code confirms; null: it confirms none. */
export async function confirmedBy(app: App, { message, thread }: Heard): Promise<number | null> {
  if (thread.channel !== 'sms' || message.label !== null || !CODE.test(message.text)) return null
  const ofNumber = app.workflow.db
    .selectFrom('inbox_messages as m')
    .innerJoin('inbox_threads as t', 't.thread_id', 'm.thread_id')
    .where('t.channel', '=', 'sms')
    .where('t.address', '=', thread.address)
    .where('m.direction', '=', 'in')
  const open = await ofNumber
    .select(['m.message_id', 'm.source_key'])
    .where('m.followed', '=', 'confirming')
    .where('m.at', '>', new Date(message.at.getTime() - ANSWER_WITHIN_MS))
    .orderBy('m.message_id', 'desc')
    .execute()
  const oldest = open.at(-1)
  if (!oldest) return null
  const { tries } = await ofNumber
    .select(eb => eb.fn.countAll<number>().as('tries'))
    .where('m.message_id', '>', oldest.message_id)
    .where('m.message_id', '<=', message.message_id)
    .where(sql<boolean>`m.text ~ ${CODE_SQL}`)
    .executeTakeFirstOrThrow()
  if (Number(tries) > TRIES) return null
  const said = message.text.normalize('NFKC').trim()
  const secret = await linkSecret(app)
  return open.find(one => codeOf(secret, one.source_key) === said)?.message_id ?? null
}

async function acceptedToday({ workflow }: App, address: string): Promise<number> {
  const { n } = await workflow.db
    .selectFrom('inbox_messages as m')
    .innerJoin('inbox_threads as t', 't.thread_id', 'm.thread_id')
    .select(eb => eb.fn.countAll<number>().as('n'))
    .where('t.channel', '=', 'sms')
    .where('t.address', '=', address)
    .where('m.class', '=', 'accept')
    .where('m.at', '>', new Date(Date.now() - ANSWER_WITHIN_MS))
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** The sender stands in the words of an SMS: in brackets where networks ask for that. */
async function question(app: App, language: string, offer: string): Promise<(code: string) => string> {
  const words = await wordsIn(readLang(language))
  const company = words.text(await companyName(app))
  const known = (await offers(app).catch(() => [])).find(one => one.id === offer)
  const name = known ? words.text(known.name) : offer
  return code =>
    words.lang === 'en'
      ? `${company}: we got your yes to “${name}”. If it was you, reply ${code} within 24 hours and it counts. If not, ignore this.`
      : words.derived(
          `【${company}】收到您接受“${name}”的短信。如为本人，请在24小时内回复 ${code} 确认生效；如非本人，请忽略。`,
        )
}
