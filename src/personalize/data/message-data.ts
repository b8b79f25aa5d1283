import { productNames } from '../../analyze/index.ts'
import { type Notice, notices, offers } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import { type Text, textIn } from '../../platform/text.ts'
import type { MonthAmount } from '../charts/months.ts'
import type { Data } from '../compose/check-data.ts'
import { linkKey, linkSecret } from '../links/link-key.ts'
import { type LinkSettings, linkSettings } from '../links/link-settings.ts'
import type { MessageLinks } from '../links/message-links.ts'
import { type Basis, type Planned, statementMonth } from '../plan/planned.ts'
import { type Contact, contacts } from './contacts.ts'
import { acquaintance, type StatementLine, statementLines, twelveMonths } from './statements.ts'

/** What one message is made of: the data of its template, and where it goes. */
export interface Message {
  planned: Planned
  language: string
  /** As used: a postal address on one line, an e-mail address, a number. */
  address: string
  data: Data
}

/** Days in which an offer or a statement's total holds. */
const TERM_DAYS = 30

/** Data of a part's messages, in its order. Whoever has no golden record any more gets data that the template's rules hold. */
export async function messageData(
  app: App,
  basis: Basis,
  part: readonly Planned[],
  currency: string,
): Promise<Message[]> {
  const ids = [...new Set(part.map(({ customerId }) => customerId))]
  const kind = part[0]?.kind ?? ''
  const dated = kind === 'bill' || kind === 'email'
  const codes = [...new Set(part.map(({ productCode }) => productCode).filter(code => code !== ''))]
  const [people, lines, months, met, known, names, linked] = await Promise.all([
    contacts(app, basis.identityRun, ids),
    kind === 'bill' ? statementLines(app, basis, ids) : new Map<number, StatementLine[]>(),
    dated ? twelveMonths(app, basis, ids) : new Map<number, MonthAmount[]>(),
    kind === 'letter' || kind === 'script'
      ? acquaintance(app, basis, ids)
      : new Map<number, { since: string; lastPurchase: string }>(),
    offers(app),
    codes.length > 0 ? productNames(app, codes) : new Map<string, Text>(),
    kind === 'email' ? Promise.all([linkSecret(app), linkSettings(app)]) : null,
  ])
  const noticeById = new Map(kind === 'notice' ? (await notices(app)).map(notice => [notice.id, notice]) : [])
  const offerById = new Map(known.map(offer => [offer.id, offer]))
  const until = addDays(basis.asOf, TERM_DAYS)
  return part.map(planned => {
    const who = people.get(planned.customerId)
    const lang = who?.language ?? 'zh-CN'
    const offer = offerById.get(planned.offer)
    const product = names.get(planned.productCode)
    const common = {
      id: planned.id,
      language: lang,
      issued: basis.asOf,
      currency,
      account: who?.account ?? '',
      to: recipient(planned.kind, who),
      offer: offer
        ? {
            code: offer.id,
            name: textIn(offer.name, lang),
            text: textIn(offer.text, lang),
            benefit: textIn(offer.benefit, lang),
            until,
          }
        : null,
      product: product ? { code: planned.productCode, name: textIn(product, lang) } : null,
      ...(linked ? { links: linksOf(linked[0], linked[1], planned.id) } : {}),
    }
    const data =
      planned.kind === 'bill'
        ? {
            ...common,
            ...billData(basis, lines.get(planned.customerId) ?? [], months.get(planned.customerId) ?? null, lang),
          }
        : {
            ...common,
            ...yearOf(months.get(planned.customerId)),
            ...met.get(planned.customerId),
            ...(planned.kind === 'script' ? { askEmail: who?.email === '' } : {}),
            ...(planned.kind === 'notice' ? { notice: noticeData(noticeById.get(planned.offer), lang) } : {}),
          }
    return { planned, language: lang, address: addressUsed(planned.kind, who), data }
  })
}

/** Kept with the data, so that the same links stand in the message when it is composed again. */
const linksOf = (secret: Buffer, { publicUrl, opens, clicks }: LinkSettings, id: string): MessageLinks => ({
  key: linkKey(secret, id),
  base: publicUrl,
  opens,
  clicks,
})

const noticeData = (notice: Notice | undefined, lang: Contact['language']): Data | null =>
  notice ? { code: notice.id, name: textIn(notice.name, lang), text: textIn(notice.text, lang) } : null

function recipient(kind: string, who: Contact | undefined): Data {
  const person = { name: who?.name ?? '', salutation: who?.salutation ?? '' }
  switch (kind) {
    case 'email':
      return { ...person, email: who?.email ?? '' }
    case 'sms':
      return { ...person, mobile: who?.mobile ?? '' }
    case 'script':
      return { ...person, phone: who?.phone ?? '', email: who?.email || null }
    default:
      return { ...person, address: who?.address ?? [], postcode: who?.postcode ?? '' }
  }
}

function addressUsed(kind: string, who: Contact | undefined): string {
  if (!who) return ''
  if (kind === 'email') return who.email
  if (kind === 'sms') return who.mobile
  if (kind === 'script') return who.phone
  return [...who.address, who.postcode].filter(line => line !== '').join(', ')
}

function billData(basis: Basis, lines: StatementLine[], months: MonthAmount[] | null, lang: Contact['language']): Data {
  const line = ({ invoice, date, pieces, amount, articles, nameEn, nameZh }: StatementLine) => ({
    date,
    number: invoice,
    text: goods(lang === 'zh-CN' ? nameZh || nameEn : nameEn || nameZh, articles, lang),
    pieces,
    amount,
  })
  return {
    due: addDays(basis.asOf, TERM_DAYS),
    period: { month: statementMonth(basis.asOf).month },
    invoices: lines.filter(({ isReturn }) => !isReturn).map(line),
    returns: lines.filter(({ isReturn }) => isReturn).map(line),
    total: lines.reduce((sum, { amount }) => sum + amount, 0),
    months,
  }
}

function goods(name: string, articles: number, lang: Contact['language']): string {
  const short = name.slice(0, 60)
  if (articles < 2) return short
  return lang === 'zh-CN' ? `${short}等 ${articles} 种` : `${short} and ${articles - 1} more`
}

/** A year without a purchase is not worth a chart. */
function yearOf(months: MonthAmount[] | undefined): Data {
  const year = months?.reduce((sum, { amount }) => sum + amount, 0) ?? 0
  return year > 0 ? { months, year } : { months: null, year: null }
}

const addDays = (iso: string, days: number): string =>
  new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
