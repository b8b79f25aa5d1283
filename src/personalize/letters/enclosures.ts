/**
 * Files that go with a letter become its last pages: so they are printed, inserted and mailed with it, and one hash covers all. The
 * bytes lie in the archive under their SHA-256; the data name them, so that the same pages are set again when the letter is shown.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { sha256Of } from '../../platform/sha256.ts'
import { keepBytes, keptBytes } from '../archive/keep-bytes.ts'
import type { Data } from '../compose/check-data.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { composers } from '../composers.ts'
import { letterErrors } from './errors.ts'
import { type Letter, letterCommunicationId, letterVersion } from './letter-store.ts'
import type { Enclosure } from './tables.ts'

const enclosed = z.array(
  z.object({
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    name: z.string(),
    mediaType: z.string(),
    pages: z.number().int().min(1),
  }),
)

export const MOST_PAGES = 20
export const MOST_BYTES = 5 * 1024 * 1024

const TYPES: [Enclosure['mediaType'], readonly number[]][] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
]

/** What the bytes are, whatever the name says. */
const typeOf = (bytes: Uint8Array): Enclosure['mediaType'] | undefined =>
  TYPES.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte))?.[0]

/** Of the data of a message; none of most. */
export function enclosedIn(data: Data): z.infer<typeof enclosed> {
  const letter = data['letter'] as { enclosures?: unknown } | undefined
  return enclosed.safeParse(letter?.enclosures).data ?? []
}

/** The version that sets these data with their enclosures; the version itself where there are none. */
export async function withEnclosures(
  app: Pick<App, 'config'>,
  version: TemplateVersion,
  data: Data,
): Promise<TemplateVersion> {
  const enclosures = enclosedIn(data)
  if (enclosures.length === 0 || version.manifest.channel !== 'print') return version
  const assets = { ...version.assets }
  for (const { sha256, mediaType, name } of enclosures) {
    const bytes = await keptBytes(app, name, sha256)
    if (!bytes) throw letterErrors['letters.enclosure']({ name, reason: { en: 'it is gone', zh: '文件已不存在' } })
    assets[sha256] = { bytes, mediaType }
  }
  const pages = enclosures.flatMap(({ sha256, mediaType, pages: count }) =>
    Array.from({ length: count }, (_, page) => pageOf(sha256, mediaType === 'application/pdf' ? page + 1 : 0)),
  )
  const main = `${version.files['main.typ'] ?? ''}\n${pages.join('\n')}\n`
  const files = { ...version.files, 'main.typ': main }
  const hash = createHash('sha256')
    .update(version.hash + pages.join())
    .digest('hex')
  return { ...version, files, assets, hash }
}

/** The whole sheet; a picture keeps a margin. */
const pageOf = (sha256: string, page: number): string =>
  page > 0
    ? `#page(margin: 0pt, header: none, footer: none, image("/assets/${sha256}", page: ${page}, width: 100%, height: 100%, fit: "contain", alt: "enclosure"))`
    : `#page(margin: 20mm, header: none, footer: none, align(center + horizon, image("/assets/${sha256}", width: 100%, height: 100%, fit: "contain", alt: "enclosure")))`

/** Stores a file and counts its pages by setting them: what cannot be set is refused here and not when the letter goes. */
export async function storeEnclosure(app: App, letter: Letter, name: string, bytes: Uint8Array): Promise<Enclosure> {
  const refuse = (en: string, zh: string) => letterErrors['letters.enclosure']({ name, reason: { en, zh } })
  if (bytes.length > MOST_BYTES) throw refuse('it is larger than 5 MB', '文件超过 5 MB')
  const mediaType = typeOf(bytes)
  if (!mediaType) throw refuse('it is no PDF, PNG or JPEG', '不是 PDF、PNG 或 JPEG 文件')
  const sha256 = sha256Of(bytes)
  const { content: version } = await letterVersion(app, letter)
  const sets = async (page: number): Promise<boolean> => {
    const probe: TemplateVersion = {
      ...version,
      hash: createHash('sha256').update(`${sha256}/${page}`).digest('hex'),
      manifest: { ...version.manifest, missing: {}, totals: [], charts: {}, slots: {} },
      schema: {},
      files: { 'main.typ': pageOf(sha256, page), 'texts.en.json': '{}' },
      assets: { [sha256]: { bytes, mediaType } },
    }
    const [outcome] = await composers(app).compose(probe, [{ id: 'enclosure', language: 'en' }])
    return outcome?.state === 'composed'
  }
  let pages = 0
  if (mediaType !== 'application/pdf') pages = (await sets(0)) ? 1 : 0
  else while (pages <= MOST_PAGES && (await sets(pages + 1))) pages++
  if (pages === 0) throw refuse('it cannot be read', '无法读取')
  if (pages > MOST_PAGES) throw refuse(`it has more than ${MOST_PAGES} pages`, `超过 ${MOST_PAGES} 页`)
  const stored = await keepBytes(app, [{ sha256, bytes }])
  // As a part of the communication it will be: retention, holds and erasure find it there.
  await app.facts.insert('kept_documents', [
    {
      sha256,
      communication_id: letterCommunicationId(letter.id),
      customer_id: letter.customerId,
      kind: letter.kind,
      size: bytes.length,
      stored: stored.get(sha256) ?? 0,
      kept_at: new Date(),
    },
  ])
  return { sha256, name, mediaType, pages }
}
