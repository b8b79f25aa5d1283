import { productNames, type Rule } from '../../analyze/index.ts'
import { type Notice, notices, offers } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { MonthAmount } from '../charts/months.ts'
import type { Data } from '../compose/check-data.ts'
import { languageFor, messageLanguages } from '../compose/languages.ts'
import type { TemplateManifest } from '../compose/template.ts'
import type { Carried } from '../kinds/with-document.ts'
import { linkKey, linkSecret } from '../links/link-key.ts'
import { type LinkSettings, linkSettings } from '../links/link-settings.ts'
import type { MessageLinks } from '../links/message-links.ts'
import type { Basis, Planned } from '../plan/planned.ts'
import { templateVersion } from '../template-store.ts'
import { billData } from './bill-data.ts'
import { contacts } from './contacts.ts'
import { openComplaints } from './open-complaints.ts'
import { addressUsed, recipient } from './recipient.ts'
import { rulesHeld } from './rules-held.ts'
import { acquaintance, type StatementLine, statementLines, twelveMonths } from './statements.ts'
import { taiwanWords } from './taiwan.ts'
import { addDays, TERM_DAYS } from './terms.ts'

/** What one message is made of: the data of its template, and where it goes. */
export interface Message {
  planned: Planned
  language: string
  /** As used: a postal address on one line, an e-mail address, a number. */
  address: string
  data: Data
}

/** How a part's template wants its data. */
export interface Wanted {
  /** The languages it speaks, and whether simplified texts become Taiwan's. */
  manifest?: Pick<TemplateManifest, 'languages' | 'convert'>
  /** The document its e-mails carry or lead to. */
  carried?: Carried | undefined
  /** Rules of segments that its conditions ask. */
  rules?: Record<string, Rule> | undefined
}

/** Data of a part's messages, in its order. Whoever has no golden record any more gets data that the template's rules hold. */
export async function messageData(
  app: App,
  basis: Basis,
  part: readonly Planned[],
  currency: string,
  { manifest = { languages: [...messageLanguages], convert: false }, carried, rules }: Wanted = {},
): Promise<Message[]> {
  const ids = [...new Set(part.map(({ customerId }) => customerId))]
  const { kind = '', channel = '' } = part[0] ?? {}
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
    channel === 'email' ? Promise.all([linkSecret(app), linkSettings(app)]) : null,
  ])
  const offered = part.filter(({ offer }) => kind === 'bill' && offer !== '').map(({ customerId }) => customerId)
  const [complained, held] = await Promise.all([
    openComplaints(app, offered),
    rulesHeld(app, basis.turnId, { ...rules, ...(carried ? await rulesOf(app, carried) : {}) }, ids),
  ])
  const spoken = new Map(
    [...people.values()].map(who => [who.customerId, languageFor(who.language, manifest.languages) ?? 'zh-CN']),
  )
  const toTaiwan = manifest.convert && [...spoken.values()].includes('zh-TW') ? await taiwanWords() : undefined
  const noticeById = new Map(kind === 'notice' ? (await notices(app)).map(notice => [notice.id, notice]) : [])
  const offerById = new Map(known.map(offer => [offer.id, offer]))
  const until = addDays(basis.asOf, TERM_DAYS)
  return part.map(planned => {
    const who = people.get(planned.customerId)
    const lang = spoken.get(planned.customerId) ?? manifest.languages[0] ?? 'zh-CN'
    const say = (text: Text): string =>
      lang === 'en' ? text.en : lang === 'zh-TW' && toTaiwan ? toTaiwan(text.zh) : text.zh
    const offer = offerById.get(planned.offer)
    const product = names.get(planned.productCode)
    const common = {
      id: planned.id,
      language: lang,
      issued: basis.asOf,
      currency,
      account: who?.account ?? '',
      to: recipient(planned.channel, carried !== undefined, who),
      offer: offer
        ? {
            code: offer.id,
            name: say(offer.name),
            text: say(offer.text),
            benefit: say(offer.benefit),
            until,
          }
        : null,
      product: product ? { code: planned.productCode, name: say(product) } : null,
      ...(linked ? { links: linksOf(linked[0], linked[1], planned.id) } : {}),
      ...(carried ? { document: documentOf(carried, planned.id, linked?.[1].publicUrl ?? '') } : {}),
      ...(complained.has(planned.customerId) ? { openComplaint: true } : {}),
      ...(held.has(planned.customerId) ? { when: held.get(planned.customerId) } : {}),
    }
    const data =
      planned.kind === 'bill'
        ? {
            ...common,
            ...billData(basis, lines.get(planned.customerId) ?? [], months.get(planned.customerId) ?? null, say),
          }
        : {
            ...common,
            ...yearOf(months.get(planned.customerId)),
            ...met.get(planned.customerId),
            ...(planned.kind === 'script' ? { askEmail: who?.email === '' } : {}),
            ...(planned.kind === 'notice' ? { notice: noticeData(noticeById.get(planned.offer), say) } : {}),
          }
    return { planned, language: lang, address: addressUsed(planned.channel, who), data }
  })
}

/** What the carried document asks, too: it is composed from the same data. */
const rulesOf = async (app: App, { template, version }: Carried): Promise<Record<string, Rule>> =>
  (await templateVersion(app, template, version)).content.rules ?? {}

/** Kept with the data, so that the same links stand in the message when it is composed again. */
const linksOf = (secret: Buffer, { publicUrl, opens, clicks }: LinkSettings, id: string): MessageLinks => ({
  key: linkKey(secret, id),
  base: publicUrl,
  opens,
  clicks,
})

/** Where a document that is not attached lies: behind a sign-in, never behind the link alone. */
const documentOf = (carried: Carried, id: string, publicUrl: string): Data => ({
  ...carried,
  url: carried.as === 'linked' ? `${publicUrl}/portal/documents/${id}` : null,
})

const noticeData = (notice: Notice | undefined, say: (text: Text) => string): Data | null =>
  notice ? { code: notice.id, name: say(notice.name), text: say(notice.text) } : null

/** A year without a purchase is not worth a chart. */
function yearOf(months: MonthAmount[] | undefined): Data {
  const year = months?.reduce((sum, { amount }) => sum + amount, 0) ?? 0
  return year > 0 ? { months, year } : { months: null, year: null }
}
