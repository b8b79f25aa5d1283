interface Read {
  bytes: Uint8Array
  mediaType: string
}

/** What a mail links to opens beside it, as in a mail program, and it is printed with its colours. */
const OURS = '<base target="_blank"><style>@media print{*{print-color-adjust:exact}}</style>'

/** A mail as a frame shows it; whatever else is read stays as it is. */
export function inFrame(read: Read): Read {
  if (!read.mediaType.startsWith('text/html')) return read
  const page = Buffer.from(read.bytes).toString()
  const head = /<head[^>]*>/i.exec(page)
  const end = head ? head.index + head[0].length : 0
  return { ...read, bytes: Buffer.from(page.slice(0, end) + OURS + page.slice(end)) }
}
