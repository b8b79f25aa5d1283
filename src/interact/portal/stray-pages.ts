/** Addresses that are no page: those that only forms are sent to, when they are reloaded or gone back to, and those that never were one. */
import type { App, Http } from '../../platform/app.ts'
import { portalErrors } from './errors.ts'
import type { Place } from './place.ts'
import { type Answer, open, pathOf, type Visit } from './visit.ts'

const SENT_TO: readonly [RegExp, string][] = [
  [/^\/$/, ''],
  [/^\/(code|card|sign-out)$/, '/sign-in'],
  [/^\/surveys\/\d+$/, ''],
  [/^(\/details)\/(address|confirm)$/, '$1'],
  [/^(\/wishes)\/consents$/, '$1'],
  [/^(\/cases\/\d+)\/words$/, '$1'],
  [/^(\/documents\/\w+)\/(answer|dispute)$/, '$1'],
]

/** The staff's app answers every other address; a customer is not to meet its sign-in. */
export function strayRoutes(http: Http, app: App, place: Place): void {
  http.get(`${place.root}/*`, { schema: { hide: true } }, open(app, place, lead, true))
}

async function lead({ req, place }: Visit): Promise<Answer> {
  const path = pathOf(req).slice(place.root.length)
  for (const [form, page] of SENT_TO) if (form.test(path)) return { to: `${place.root}${path.replace(form, page)}` }
  throw portalErrors['portal.not-found']()
}
