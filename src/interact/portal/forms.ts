/** Forms of customers: each carries the session's token against forgery and a key of its own, under which it is sent once. */
import { randomUUID } from 'node:crypto'
import { HuiyinError } from '../../platform/errors.ts'
import { portalErrors } from './errors.ts'
import { Html, html } from './html.ts'
import { once } from './once.ts'
import type { Answer, Guest, Page, Visit } from './visit.ts'
import { fieldOf, PROBLEM } from './wrong-field.ts'

export const hidden = ({ session, words }: Pick<Guest, 'session' | 'words'>): Html =>
  html`<input type="hidden" name="csrf" value="${session.csrf}"><input type="hidden" name="key" value="${randomUUID()}"><input type="hidden" name="lang" value="${words.lang}">`

export const formOf = (guest: Guest, action: string, body: Html): Html =>
  html`<form method="post" action="${action}">${hidden(guest)}${body}</form>`

interface FieldOptions {
  type?: string
  value?: string | null
  most?: number
  /** Has the focus when the page opens. */
  first?: boolean
  /** Of the element that says what is asked. */
  about?: string
  /** Another field of the page has the same name, and what was wrong was in that one. */
  other?: boolean
  /** Attributes, of our own making. */
  more?: string
}

/** What was wrong in it is read out with the field, which has the focus then. */
function pointed({ problem }: Pick<Visit, 'problem'>, name: string, { first, about, other }: FieldOptions): Html {
  const wrong = !other && problem !== undefined && fieldOf(problem) === name
  const said = wrong ? PROBLEM : about
  return html`${wrong ? html` aria-invalid="true"` : ''}${said ? html` aria-describedby="${said}"` : ''}${wrong || (first && !problem) ? html` autofocus` : ''}`
}

export function field(visit: Pick<Visit, 'problem'>, name: string, label: string, options: FieldOptions = {}): Html {
  const { type = 'text', value, most = 200, more = '' } = options
  return html`<label class="field">${label}<br><input type="${type}" name="${name}" value="${value ?? ''}" maxlength="${most}" ${new Html(more)}${pointed(visit, name, options)}></label>`
}

export const wordsField = (visit: Pick<Visit, 'problem' | 'form'>, label: string): Html =>
  html`<label class="field">${label}<br><textarea name="words" maxlength="${MOST_WORDS}" required${pointed(visit, 'words', {})}>${visit.form.get('words')}</textarea></label>`

const MOST_WORDS = 4000

/** What a customer wrote, whole: what is too long is said, never cut. */
export function wordsIn(form: URLSearchParams): string {
  const words = (form.get('words') ?? '').replace(/\r\n/g, '\n').trim()
  if (words === '') throw portalErrors['portal.no-words']()
  if (words.length > MOST_WORDS) throw portalErrors['portal.too-long']({ most: MOST_WORDS })
  return words
}

/** Does what a form asks once, then leads on; what cannot be is said on the same page, with what was typed. */
export function taken(
  guest: Guest,
  action: string,
  work: (key: string) => Promise<string>,
  again: (guest: Guest) => Promise<Page>,
): Promise<Answer> {
  const key = guest.form.get('key') ?? ''
  return orAgain(guest, again, async () => ({
    to: await once(guest.app, { key, customerId: guest.customerId, action }, () => work(key)),
  }))
}

/** What the person can put right is said on the same page. */
export async function orAgain<V extends Visit>(
  visit: V,
  page: (visit: V) => Page | Promise<Page>,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof HuiyinError) || error.status >= 500 || error.status === 404) throw error
    return { ...(await page({ ...visit, problem: error })), problem: error }
  }
}

/** Has the focus, so that it is read out when the page opens. */
export const doneNote = (text: string): Html => html`<p class="done" role="status" tabindex="-1" autofocus>${text}</p>`
