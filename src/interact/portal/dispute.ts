/** A line of a bill that the customer does not agree with becomes a case that names the document and the line. */
import { z } from 'zod'
import type { ManifestRow } from '../../personalize/index.ts'
import { openCase } from '../cases/open-case.ts'
import { portalErrors } from './errors.ts'
import { formOf, taken, wordsField, wordsIn } from './forms.ts'
import { type Html, html } from './html.ts'
import { langOf } from './language-of.ts'
import { ownPaper } from './papers.ts'
import { type Answer, type Guest, inPath, type Page } from './visit.ts'
import type { Words } from './words.ts'

const line = z.object({
  date: z.string().default(''),
  number: z.string().default(''),
  text: z.string().default(''),
  amount: z.number(),
})
const lines = z.array(line).catch([])
const billed = z.object({
  currency: z.string().catch(''),
  invoices: lines.default([]),
  returns: lines.default([]),
})

/** Key of the form → the line, its day and amount as the reader writes them. */
export function linesOf(row: ManifestRow, words: Words): Map<string, string> {
  if (row.kind !== 'bill' || row.data === '') return new Map()
  const { currency, invoices, returns } = billed.parse(JSON.parse(row.data))
  const written = (part: string) => (one: z.output<typeof line>, n: number) =>
    [
      `${part}-${n}`,
      [dayOf(one.date, words), one.number, one.text, words.money(one.amount, currency)]
        .filter(text => text !== '')
        .join(' · '),
    ] as const
  return new Map([...invoices.map(written('invoices')), ...returns.map(written('returns'))])
}

const dayOf = (date: string, words: Words): string => (/^\d{4}-\d{2}-\d{2}$/.test(date) ? words.day(date, 'UTC') : date)

export function disputeForm(guest: Guest, row: ManifestRow, at: string): Html | null {
  const { words, form } = guest
  const say = words.say
  const there = linesOf(row, words)
  if (there.size === 0) return null
  const choices = [...there].map(
    ([key, text]) =>
      html`<label><input type="radio" name="line" value="${key}" required${form.get('line') === key ? html` checked` : ''}> <span${langOf(text, words)}>${text}</span></label>`,
  )
  return html`<section class="no-print"><h2>${say('dispute.title')}</h2><p>${say('dispute.lead')}</p>
    ${formOf(guest, `${at}/dispute`, html`<fieldset><legend class="strong">${say('dispute.line')}</legend>${choices}</fieldset>${wordsField(guest, say('dispute.words'))}<div class="actions"><button>${say('dispute.send')}</button></div>`)}</section>`
}

export async function postDispute(guest: Guest, again: (guest: Guest) => Promise<Page>): Promise<Answer> {
  const { app, place, customerId, form, words } = guest
  const row = await ownPaper(guest, inPath(guest, 'id'))
  return taken(
    guest,
    'dispute',
    async key => {
      const chosen = linesOf(row, words).get(form.get('line') ?? '')
      if (chosen === undefined) throw portalErrors['portal.choose']()
      const { caseId } = await openCase(app, {
        customerId,
        kind: 'dispute',
        words: wordsIn(form),
        language: words.lang,
        communicationId: row.communication_id,
        line: chosen,
        source: place.name,
        sourceKey: `${place.name}:${key}`,
      })
      return `${place.root}/cases/${caseId}?done=case-${caseId}`
    },
    again,
  )
}
