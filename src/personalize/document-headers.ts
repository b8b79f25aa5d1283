import type { FastifyReply } from 'fastify'

/**
 * A document may hold what a customer typed. The browser shows it in a sandbox of its own origin, runs no script in it, loads
 * nothing for it, and guesses no type.
 */
const SANDBOX =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
const LINKS = ' allow-popups allow-popups-to-escape-sandbox'
/** Browsers' PDF viewers do not start in a sandboxed frame; a PDF runs in a viewer that is one. */
const PDF =
  "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; plugin-types application/pdf; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"

export interface Document {
  bytes: Uint8Array
  mediaType: string
  name: string
  disposition: 'inline' | 'attachment'
  /** Its links open pages of their own, for whom it is addressed to; at a desk they would speak in the customer's name. */
  links?: boolean
}

export function sendDocument(reply: FastifyReply, document: Document): FastifyReply {
  const { bytes, mediaType, name, disposition, links } = document
  const pdf = mediaType === 'application/pdf'
  return reply
    .header('content-security-policy', pdf ? PDF : `sandbox${links ? LINKS : ''}; ${SANDBOX}`)
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('content-disposition', `${disposition}; filename="${name}"`)
    .header('cache-control', 'private, no-store')
    .type(mediaType)
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}
