/** What an agent changed against the template's own text: what the supervisor reads. */
import type { LetterForm } from './form.ts'
import type { LetterContent } from './tables.ts'

export interface LetterChange {
  what: 'text' | 'in' | 'out' | 'order' | 'field' | 'enclosure'
  title: string
  before: string
  after: string
}

export function changesOf(form: LetterForm, content: LetterContent): LetterChange[] {
  const texts = form.regions.flatMap(({ id, title, text, open }): LetterChange[] => {
    const after = content.texts[id]
    return open && after !== undefined && after.trim() !== text.trim()
      ? [{ what: 'text', title, before: text, after }]
      : []
  })
  const switched = form.parts.flatMap(({ id, title, on, text }): LetterChange[] => {
    const now = content.parts[id] ?? on
    if (now === on) return []
    return [now ? { what: 'in', title, before: '', after: text } : { what: 'out', title, before: text, after: '' }]
  })
  const moved = [...Map.groupBy(form.parts, part => part.group).values()].flatMap((group): LetterChange[] => {
    const own = group.map(({ id }) => id)
    const now = [...content.order.filter(id => own.includes(id)), ...own.filter(id => !content.order.includes(id))]
    const named = (ids: readonly string[]) => ids.map(id => group.find(part => part.id === id)?.title ?? id).join(' → ')
    return content.order.some(id => own.includes(id)) && now.join() !== own.join()
      ? [{ what: 'order', title: '', before: named(own), after: named(now) }]
      : []
  })
  const fields = form.fields.flatMap(({ name, title }): LetterChange[] => {
    const after = content.fields[name] ?? ''
    return after === '' ? [] : [{ what: 'field', title, before: '', after }]
  })
  const enclosed = content.enclosures.map(
    ({ name, pages }): LetterChange => ({ what: 'enclosure', title: name, before: '', after: String(pages) }),
  )
  return [...texts, ...switched, ...moved, ...fields, ...enclosed]
}
