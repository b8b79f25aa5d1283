import type { Language } from '../languages.ts'
import type { Compilation } from './compilation.ts'
import type { Run } from './runs.ts'

/**
 * HTML for Liquid: our own tags, with every word printed by `{{ t['…'] }}`, which Liquid escapes. Nothing an author or a customer
 * typed is ever part of the source.
 */
export const say = (name: string): string => `{{ t['${name}'] }}`
export const whenHtml = (key: string, shown: string, otherwise = ''): string =>
  `{% if when['${key}'] %}${shown}${otherwise === '' ? '' : `{% else %}${otherwise}`}{% endif %}`

/** Optional paragraphs in the order somebody gave them: at each of their places what stands there (see `letter.places`). */
export function partsAt<Part extends { id: string }>(
  place: string,
  parts: readonly Part[],
  write: (part: Part) => string,
  mark: (liquid: string) => string = liquid => liquid,
): string {
  const cases = parts.map(
    part => `${mark(`{% when '${part.id}' %}{% if letter.parts['${part.id}'] %}`)}${write(part)}${mark('{% endif %}')}`,
  )
  return `${mark(`{% for part in letter.places['${place}'] %}{% case part %}`)}${cases.join('')}${mark('{% endcase %}{% endfor %}')}`
}

export const runsHtml = (runs: readonly Run[]): string => runs.map(runHtml).join('')

function runHtml(run: Run): string {
  if (run.type === 'break') return '<br />'
  if (run.type === 'choice') return whenHtml(run.key, runsHtml(run.runs), runsHtml(run.otherwise))
  let html = say(run.text)
  if (run.marks.includes('underline')) html = `<u>${html}</u>`
  if (run.marks.includes('italic')) html = `<em>${html}</em>`
  if (run.marks.includes('bold')) html = `<strong>${html}</strong>`
  return run.link === undefined
    ? html
    : `<a href="${say(run.link)}" style="color:inherit;text-decoration:underline">${html}</a>`
}

/** Once where all languages say it with the same tags. */
export function byLanguageHtml(to: Compilation, write: (language: Language) => string): string {
  const said = to.languages.map(language => [language, write(language)] as const)
  const [first] = said
  if (!first) return ''
  if (said.every(([, html]) => html === first[1])) return first[1]
  const cases = said.slice(1).map(([language, html]) => `{% when '${language}' %}${html}`)
  return `{% case lang %}${cases.join('')}{% else %}${first[1]}{% endcase %}`
}
