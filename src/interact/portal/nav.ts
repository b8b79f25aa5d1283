import { type Html, html } from './html.ts'
import type { PlaceName } from './place.ts'
import type { Visit } from './visit.ts'
import type { PortalWord } from './words-en.ts'

export const NAV: Record<PlaceName, readonly (readonly [string, PortalWord])[]> = {
  portal: [
    ['', 'nav.papers'],
    ['/messages', 'nav.threads'],
    ['/cases', 'nav.cases'],
    ['/call', 'nav.call'],
    ['/details', 'nav.details'],
    ['/wishes', 'nav.wishes'],
    ['/rights', 'nav.rights'],
  ],
  kiosk: [
    ['', 'nav.messages'],
    ['/details', 'nav.details'],
    ['/call', 'nav.agent'],
  ],
}

/** `unread`: answers that wait. */
export function navOf({ place, words, req, session }: Visit, unread = 0): Html {
  const here = req.url.split('?')[0]!
  const links = NAV[place.name].map(([path, word]) => {
    const to = `${place.root}${path}`
    const within = here === to || (path !== '' && here.startsWith(`${to}/`))
    const count = word === 'nav.threads' && unread > 0 ? html` <span class="mark">${unread}</span>` : null
    return html`<a href="${to}"${within ? html` aria-current="page"` : ''}>${words.say(word)}${count}</a>`
  })
  const out = html`<form method="post" action="${place.root}/sign-out"><input type="hidden" name="csrf" value="${session?.csrf}"><button class="plain">${words.say('nav.out')}</button></form>`
  return html`<nav aria-label="${words.say('nav.label')}">${links}${out}</nav>`
}
