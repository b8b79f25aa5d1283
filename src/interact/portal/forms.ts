/** Forms of customers: each carries the session's token against forgery and a key of its own, under which it is sent once. */
import { randomUUID } from 'node:crypto'
import { HuiyinError } from '../../platform/errors.ts'
import { portalErrors } from './errors.ts'
import { Html, html } from './html.ts'
import { once } from './once.ts'
import { type Answer, type Guest, type Page, problemNote } from './visit.ts'

export const hidden = ({ session, words }: Pick<Guest, 'session' | 'words'>): Html =>
  html`<input type="hidden" name="csrf" value="${session.csrf}"><input type="hidden" name="key" value="${randomUUID()}"><input type="hidden" name="lang" value="${words.lang}">`

export const formOf = (guest: Guest, action: string, body: Html): Html =>
  html`<form method="post" action="${action}">${hidden(guest)}${body}</form>`

interface FieldOptions {
  type?: string
  value?: string | null
  most?: number
  more?: string
}

/** `more`: attributes, of our own making. */
export const field = (
  name: string,
  label: string,
  { type = 'text', value, most = 200, more = '' }: FieldOptions = {},
) =>
  html`<label class="field">${label}<br><input type="${type}" name="${name}" value="${value ?? ''}" maxlength="${most}" ${new Html(more)}></label>`

export const wordsField = (label: string, value: string | null): Html =>
  html`<label class="field">${label}<br><textarea name="words" maxlength="${MOST_WORDS}" required>${value ?? ''}</textarea></label>`

const MOST_WORDS = 4000

/** What a customer wrote, whole: what is too long is said, never cut. */
export function wordsIn(form: URLSearchParams): string {
  const words = (form.get('words') ?? '').replace(/\r\n/g, '\n').trim()
  if (words === '') throw portalErrors['portal.no-words']()
  if (words.length > MOST_WORDS) throw portalErrors['portal.too-long']({ most: MOST_WORDS })
  return words
}

/** Does what a form asks once, then leads on; what cannot be is said above the same page, with what was typed. */
export async function taken(
  guest: Guest,
  action: string,
  work: (key: string) => Promise<string>,
  again: () => Promise<Page>,
): Promise<Answer> {
  const key = guest.form.get('key') ?? ''
  try {
    return { to: await once(guest.app, { key, customerId: guest.customerId, action }, () => work(key)) }
  } catch (error) {
    if (!(error instanceof HuiyinError) || error.status >= 500 || error.status === 404) throw error
    const page = await again()
    return { ...page, body: html`${problemNote(guest.words, error)}${page.body}`, status: error.status }
  }
}

export const doneNote = (text: string): Html => html`<p class="done" role="status">${text}</p>`
