/**
 * The words of an HTML mail where the mail reader gives none (it loses all of a mail with an element that is not closed). Text alone
 * comes out: it is shown as text, so that what looks like a tag afterwards is a tag to nobody.
 */
const SILENT = /<(script|style|head|template|title|noscript|iframe|object)\b[\s\S]*?(<\/\1\s*>|$)/gi
/** Every pattern runs on to the end where its own end is missing: a mail of a million "<" costs as much as any other of its size. */
const BREAKS = /<(br|\/p|\/div|\/tr|\/li|\/h[1-6]|\/blockquote)\b[^>]*(>|$)/gi
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

export const wordsOfHtml = (html: string): string =>
  html
    .replace(/<!--[\s\S]*?(-->|$)/g, '')
    .replace(SILENT, '')
    .replace(BREAKS, '\n')
    .replace(/<[^>]*(>|$)/g, '')
    .replace(/&(#x?[\da-f]{1,6}|[a-z]{2,5});/gi, (whole, name: string) => {
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
      if (name.startsWith('#')) return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : ''
      return ENTITIES[name.toLowerCase()] ?? whole
    })
    .replace(/[ \t]+/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
