import type { TemplateVersion } from '../compose/template.ts'

export interface MailPicture {
  cid: string
  content: Buffer
  contentType: string
  filename: string
  contentDisposition: 'inline'
}

const SOURCE = /(["'(])\/assets\/([0-9a-f]{64})(["')])/g

/** A page that loads nothing carries its pictures as addresses of their own (RFC 2397 `data:`). */
export const withDataPictures = (html: string, { assets = {} }: TemplateVersion): string =>
  html.replace(SOURCE, (whole, before: string, id: string, after: string) => {
    const asset = assets[id]
    return asset
      ? `${before}data:${asset.mediaType};base64,${Buffer.from(asset.bytes).toString('base64')}${after}`
      : whole
  })

/** Pictures travel inside the mail (RFC 2392 `cid:`): nothing is fetched when it is opened, and it shows the same for ever. */
export function withPictures(
  html: string,
  { assets = {} }: TemplateVersion,
): { html: string; pictures: MailPicture[] } {
  const pictures = new Map<string, MailPicture>()
  const linked = html.replace(SOURCE, (whole, before: string, id: string, after: string) => {
    const asset = assets[id]
    if (!asset) return whole
    const cid = `${id.slice(0, 32)}@pictures`
    pictures.set(id, {
      cid,
      content: Buffer.from(asset.bytes.buffer, asset.bytes.byteOffset, asset.bytes.byteLength),
      contentType: asset.mediaType,
      filename: `${id.slice(0, 12)}.${asset.mediaType === 'image/jpeg' ? 'jpg' : (asset.mediaType.split(/[/+]/)[1] ?? 'bin')}`,
      contentDisposition: 'inline',
    })
    return `${before}cid:${cid}${after}`
  })
  return { html: linked, pictures: [...pictures.values()] }
}
