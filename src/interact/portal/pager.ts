import { type Html, html } from './html.ts'
import type { Guest } from './visit.ts'
import type { PortalWord } from './words-en.ts'

/** Newer and older pages of a list; nothing when there is one page. */
export function pager({ words }: Guest, path: string, page: number, pages: number): Html | null {
  if (pages <= 1) return null
  const link = (to: number, word: PortalWord) =>
    to >= 1 && to <= pages
      ? html`<a class="button quiet" href="${path}?page=${to}">${words.say(word)}</a>`
      : html`<span></span>`
  return html`<div class="pages">${link(page - 1, 'papers.newer')}<span class="faint">${words.say('papers.page', { page, pages })}</span>${link(page + 1, 'papers.older')}</div>`
}
