import type { App } from '../../platform/app.ts'
import { remember } from '../compose/remember.ts'
import type { TemplateVersion } from '../compose/template.ts'
import type { PrintFile } from '../print-file/print-file.ts'
import { type AssetBytes, assetBytes } from './asset-store.ts'

/**
 * Templates name a picture or a font by its address, `/assets/<SHA-256>`: the version's own hash covers what it looks like, and its
 * bytes need not lie in every version. They are put beside the version before a composing thread gets it.
 */
const REFERENCE = /\/assets\/([0-9a-f]{64})/g

export function assetIdsIn(version: Pick<TemplateVersion, 'files' | 'compiled'>): string[] {
  const texts = [...Object.values(version.files), ...Object.values(version.compiled)]
  return [...new Set(texts.flatMap(text => Array.from(text.matchAll(REFERENCE), ([, id = '']) => id)))].sort()
}

type Store = Pick<App, 'workflow'>

/** Versions never change, nor do assets: each version is completed once a process, for as long as somebody holds it. */
const completed = new WeakMap<TemplateVersion, Promise<TemplateVersion>>()
const read = new WeakMap<App['workflow'], Map<string, Promise<AssetBytes>>>()

export function withAssets(app: Store, version: TemplateVersion): Promise<TemplateVersion> {
  const known = completed.get(version)
  if (known) return known
  // What a letter encloses is beside its version already.
  const ids = assetIdsIn(version).filter(id => !version.assets?.[id])
  const whole = ids.length === 0 ? Promise.resolve(version) : complete(app, version, ids)
  completed.set(version, whole)
  whole.catch(() => completed.delete(version))
  return whole
}

export async function fileWithAssets(app: Store, file: PrintFile): Promise<PrintFile> {
  const pieces = file.pieces.map(async piece => ({
    ...piece,
    documents: await Promise.all(
      piece.documents.map(async document => ({ ...document, version: await withAssets(app, document.version) })),
    ),
  }))
  return { ...file, pieces: await Promise.all(pieces) }
}

async function complete(app: Store, version: TemplateVersion, ids: readonly string[]): Promise<TemplateVersion> {
  const found = await Promise.all(ids.map(async id => [id, await bytesOf(app, id)] as const))
  return {
    ...version,
    assets: {
      ...version.assets,
      ...Object.fromEntries(found.map(([id, { bytes, mediaType }]) => [id, { bytes, mediaType }])),
    },
  }
}

/** A preview is made after every pause in typing: its pictures are not read from the store each time. */
const KEPT = 24

function bytesOf(app: Store, id: string): Promise<AssetBytes> {
  const kept = remember(read, app.workflow, () => new Map<string, Promise<AssetBytes>>())
  const known = kept.get(id)
  if (known) return known
  const asked = assetBytes(app, id)
  asked.catch(() => kept.delete(id))
  kept.set(id, asked)
  const oldest = kept.keys().next().value
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
  return asked
}
