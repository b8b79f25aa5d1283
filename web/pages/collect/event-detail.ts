export interface Detail {
  key: string
  value: string
}

/** The payload of an event as lines to read: nested fields brought up, empty ones left out. */
export function eventDetail(payload: Record<string, unknown>): Detail[] {
  const lines: Detail[] = []
  const walk = (key: string, value: unknown): void => {
    if (value === null || value === undefined || value === '') return
    if (Array.isArray(value)) {
      for (const item of value) walk(key, consentLine(item) ?? item)
    } else if (typeof value === 'object') {
      for (const [name, inner] of Object.entries(value)) walk(name, inner)
    } else lines.push({ key, value: String(value) })
  }
  for (const [key, value] of Object.entries(payload)) walk(key, value)
  return lines
}

/** `{ channel: 'sms', granted: false }` reads as one line: `consent.sms = refused`. */
function consentLine(item: unknown): Record<string, string> | null {
  if (typeof item !== 'object' || item === null || !('channel' in item) || !('granted' in item)) return null
  return { [`consent.${String(item.channel)}`]: item.granted === true || item.granted === 1 ? 'granted' : 'refused' }
}
