/** The words of a notice: those of an approved fragment of its name where there is one in the customer's language, else our own. */
import { companyName, linkSettings } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import { cutText } from '../../platform/cut-text.ts'
import { fragmentText } from '../inbox/answer-fragments.ts'
import { readLang, wordsIn } from '../portal/words.ts'
import type { Notice, NoticeName } from './notice.ts'
import type { Way } from './way-to.ts'

/** Characters of a customer's or colleague's words that an SMS takes along; the whole stands in the portal. */
const MOST_IN_SMS = 160

export async function noticeText(
  app: App,
  name: NoticeName,
  notice: Notice,
  { channel, contact, language }: Way,
): Promise<{ subject: string; text: string; language: string }> {
  const words = await wordsIn(readLang(language || notice.language))
  const [company, { publicUrl }] = await Promise.all([companyName(app), linkSettings(app)])
  const sender = words.text(company)
  const link = publicUrl === '' ? '' : `${publicUrl}${notice.path}`
  const cut = (text: string) =>
    channel === 'sms' && text.length > MOST_IN_SMS ? `${cutText(text, MOST_IN_SMS - 1)}…` : text
  const given = Object.entries(notice.values(words)).map(([key, value]) => [key, cut(value)] as const)
  const values: Record<string, string> = { ...Object.fromEntries(given), company: sender, link }
  const known = { 'customer.name': contact.name, 'customer.familyName': contact.familyName, 'brand.name': sender }
  const approved = await fragmentText(app, name, words.lang, known)
  const filled = approved?.replace(/\{(\w+)\}/g, (all, key: string) => values[key] ?? all)
  const own = [words.say(`notice.${name}`, values), link].filter(part => part !== '').join('\n')
  // A field that nobody can fill is not sent.
  const text = filled === undefined || /\{\w+\}/.test(filled) ? own : filled
  return {
    language: words.lang,
    subject: words.say(`notice.${name}.subject`, values),
    text: channel === 'sms' ? signed(text, sender, words.lang) : text,
  }
}

/** The sender of an SMS stands in its words: in brackets where networks ask for that. */
const signed = (text: string, sender: string, lang: string): string =>
  text.includes(sender) ? text : lang === 'en' ? `${sender}: ${text}` : `【${sender}】${text}`
