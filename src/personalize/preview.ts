import { type Script, scriptText } from './compose/script.ts'

/** Of a message, what a person reads: the HTML of an e-mail with the pictures it carries, the words of a script, the PDF itself. */
export async function preview(bytes: Uint8Array, mediaType: string): Promise<{ bytes: Uint8Array; mediaType: string }> {
  if (mediaType === 'message/rfc822') {
    const { simpleParser } = await import('mailparser')
    const mail = await simpleParser(Buffer.from(bytes))
    return { bytes: Buffer.from(mail.html || mail.textAsHtml || ''), mediaType: 'text/html; charset=utf-8' }
  }
  if (mediaType.startsWith('application/json'))
    return {
      bytes: Buffer.from(scriptText(JSON.parse(Buffer.from(bytes).toString()) as Script)),
      mediaType: 'text/plain; charset=utf-8',
    }
  return { bytes, mediaType }
}
