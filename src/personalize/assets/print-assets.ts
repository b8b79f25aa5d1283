import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { renameFamily } from '../../platform/engines/print/font-family.ts'
import { fontBlobs } from '../../platform/engines/print/fonts.ts'
import type { TemplateVersion } from '../compose/template.ts'

/** A font is named by its address, as pictures are: no other font of the machine has a family of this name. */
export const familyOf = (id: string): string => `/assets/${id}`

/** What a thread sets print with: the engine, and which fonts it was started with besides the product's own. */
export interface KeptCompiler {
  compiler?: NodeCompiler
  fonts: Map<string, Buffer>
}

/**
 * The engine takes fonts only when it starts (0.4 s), so a version with a new one starts another with all that were met so far.
 * That changes nothing for other versions: families are named and nothing falls back.
 */
export function compilerWith(
  kept: KeptCompiler,
  workspace: string,
  versions: readonly TemplateVersion[],
): NodeCompiler {
  const before = kept.fonts.size
  for (const { assets = {} } of new Set(versions))
    for (const [id, { bytes, mediaType }] of Object.entries(assets))
      if (mediaType.startsWith('font/') && !kept.fonts.has(id)) kept.fonts.set(id, renameFamily(bytes, familyOf(id)))
  if (!kept.compiler || kept.fonts.size > before)
    kept.compiler = NodeCompiler.create({
      workspace,
      fontArgs: [{ fontBlobs: [...fontBlobs(), ...kept.fonts.values()] }],
    })
  return kept.compiler
}

/** The print engine tells a picture's format by its content, so that the address needs no ending. */
export function mapPictures(typst: NodeCompiler, workspace: string, { assets = {} }: TemplateVersion): void {
  for (const [id, { bytes, mediaType }] of Object.entries(assets))
    if (mediaType.startsWith('image/') || mediaType === 'application/pdf')
      typst.mapShadow(`${workspace}/assets/${id}`, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}
