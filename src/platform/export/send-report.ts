import type { FastifyReply } from 'fastify'
import type { ReportFile } from './report.ts'

/** As a download; `name` without its ending, ASCII. */
export const sendReport = (
  reply: FastifyReply,
  { bytes, mediaType, extension }: ReportFile,
  name: string,
): FastifyReply =>
  reply
    .header('content-disposition', `attachment; filename="${name}.${extension}"`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .type(mediaType)
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
