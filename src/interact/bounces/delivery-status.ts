/** The fields of a delivery status notification (RFC 3464), one group a recipient. */

export interface RecipientStatus {
  recipient: string
  /** failed | delayed | delivered | relayed | expanded, '' when not said. */
  action: string
  /** x.y.z or ''. */
  status: string
  diagnostic: string
}

const ADDRESS = /[^\s<>;:,"'()[\]]+@[^\s<>;:,"'()[\]]+/

export function recipientStatuses(report: string): RecipientStatus[] {
  const found: RecipientStatus[] = []
  for (const group of report.split(/\n[ \t]*\n/)) {
    const fields = new Map<string, string>()
    const flush = () => {
      const final = fields.get('final-recipient') ?? ''
      const original = fields.get('original-recipient') ?? ''
      const recipient = addressIn(original) || addressIn(final) || addressIn(fields.get('x-actual-recipient') ?? '')
      if (recipient && (fields.has('action') || fields.has('status') || fields.has('diagnostic-code')))
        found.push({
          recipient,
          action: (/[a-z]+/i.exec(fields.get('action') ?? '')?.[0] ?? '').toLowerCase(),
          status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? '',
          diagnostic: fields.get('diagnostic-code') ?? '',
        })
      fields.clear()
    }
    for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
      const match = /^([A-Za-z][\w-]*):\s*(.*)$/.exec(line)
      if (!match) continue
      const name = match[1]!.toLowerCase()
      // Some servers leave out the empty line between two recipients.
      if (name === 'final-recipient' && fields.has('final-recipient')) flush()
      if (!fields.has(name)) fields.set(name, match[2]!.trim())
    }
    flush()
  }
  return found
}

/** `rfc822; someone@example.com` and its many misspellings. */
export function addressIn(value: string): string {
  const typed = value.replace(/^[\w-]+\s*;\s*/, '')
  return (ADDRESS.exec(typed)?.[0] ?? '').replace(/^["'<]+|[>"'.]+$/g, '')
}
