/** Reports in words: who did not get it, and what was said about each. */

export interface SaidOf {
  recipient: string
  said: string
}

const ADDRESS = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?/g

/** An address that begins a line, in whatever brackets: what follows is about it. */
const HEADS_LINE =
  /^[\s>*•|-]*(?:(?:to|recipient|rcpt|address|undeliverable to|user|unknown user|invalid final delivery userid|delivery to|failed|error|reason|could not be delivered to|was not delivered to|unable to deliver (?:message |mail )?to)[:\s]{1,3})?[<"'([]{0,2}(?:mailto:)?([A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)[>"')\]]{0,2}/i

const ADDRESSED_TO =
  /message(?: was)?,? addressed(?: to)?,? ['"<]?([A-Za-z0-9.!#$%&*+/=?^_{|}~-]+@[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9])/i

const LIST_BEGINS =
  /(?:following|these) (?:recipient|address|user|person|people|destination)s?(?:\(e?s\))?[^\n]{0,140}:?\s*$|(?:did|could|was|were|has|have)(?: ?not|n't) (?:be |been )?(?:reach|deliver|sent)[^\n]{0,60}(?:recipient|address|following)[^\n]{0,20}:\s*$|following recipients did not receive|failed addresses follow/i

/** Lines that name other people than the one who did not get it. */
const NOT_ABOUT =
  /^\s*[>|]*\s*(?:from|sender|reply-to|return-path|message-id|x-[\w-]+|received|cc|errors-to|subject|date|references|in-reply-to|dkim-signature|list-[\w-]+|sent by|mail from|>>> mail)\b[^\n]{0,4}[:<]/i

const OURS = /^(?:mailer-daemon|postmaster|noreply|no-reply|abuse|support|mail-daemon|mailerdaemon)@/i

/**
 * @param text the report without the returned original
 * @param host of the reporting server, for recipients named without one
 * @param notThese addresses of the reporter and of the sender, lower case
 */
/** A report names a handful; one of ten thousand is no report. */
const MOST_FAILED = 200

export function failedRecipients(text: string, notThese: ReadonlySet<string>, host = ''): SaidOf[] {
  const addressed = ADDRESSED_TO.exec(text)?.[1]
  if (addressed) return [{ recipient: addressed, said: text }]
  const lines = text.split('\n')
  const found = new Map<string, string[]>()
  const ok = (address: string) => !notThese.has(address.toLowerCase()) && !OURS.test(address)
  let current: string[] | null = null
  // "Your message To: … did not reach the following": whom it was written to is not who failed.
  const begin = lines.findIndex(line => LIST_BEGINS.test(line))
  for (const line of lines.slice(begin + 1)) {
    if (NOT_ABOUT.test(line)) continue
    if (found.size >= MOST_FAILED) break
    const address = HEADS_LINE.exec(line)?.[1]?.replace(/\.+$/, '')
    if (address && ok(address)) {
      const key = address.toLowerCase()
      current = found.get(key) ?? []
      found.set(key, current)
    }
    current?.push(line)
    // The list or alias we had written to, where the report names it.
    const through =
      /\((?:expanded from|ultimately generated from|generated from|via)[: ]+<?([^<>()\s]+@[^<>()\s]+?)>?\)/i.exec(
        line,
      )?.[1]
    if (through && current && found.size > 0) {
      const [last] = [...found.keys()].slice(-1)
      if (last !== through.toLowerCase()) {
        found.delete(last!)
        found.set(through.toLowerCase(), current)
      }
    }
  }
  if (found.size > 0) return [...found].map(([key, said]) => ({ recipient: spelled(text, key), said: said.join('\n') }))
  const anywhere = new Set<string>()
  for (const line of lines.slice(begin + 1)) {
    if (NOT_ABOUT.test(line)) continue
    for (const [match] of line.matchAll(ADDRESS)) {
      const address = match.replace(/^(?:smtp=|')/i, '').replace(/\.+$/, '')
      if (ok(address)) anywhere.add(address.toLowerCase())
    }
  }
  // A name alone is one of the reporting host's own.
  const name = begin >= 0 && anywhere.size === 0 && /^\s+([\w.+-]+)\s*$/m.exec(lines.slice(begin + 1).join('\n'))?.[1]
  if (name && host) return [{ recipient: `${name}@${host}`, said: text }]
  // More than a handful of addresses in running text are not a list of failures.
  if (anywhere.size === 0 || anywhere.size > 5) return []
  return [...anywhere].map(key => ({ recipient: spelled(text, key), said: text }))
}

function spelled(text: string, key: string): string {
  const at = text.toLowerCase().indexOf(key)
  return at < 0 ? key : text.slice(at, at + key.length)
}
