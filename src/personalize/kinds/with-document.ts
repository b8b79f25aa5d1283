/** The e-mail of a family together with the print template whose PDF it carries: which version stands in the message's data. */
import { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { withAssets } from '../assets/with-assets.ts'
import type { Data } from '../compose/check-data.ts'
import { remember } from '../compose/remember.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { type StoredVersion, templateVersion } from '../template-store.ts'
import type { Kind } from './kind.ts'

/** In the data of a communication that has a document, so that the same is made again. */
export const carriedSchema = z.object({
  template: z.string(),
  version: z.number(),
  as: z.enum(['attached', 'linked']),
})
export type Carried = z.infer<typeof carriedSchema>

export const carriedIn = (data: Data): Carried | undefined => carriedSchema.safeParse(data['document']).data

/** What messages of a kind by this template carry today; without an address of ours nothing can be led to, so it is attached. */
export function carriedBy(
  live: readonly StoredVersion[],
  kind: Pick<Kind, 'document'> | undefined,
  { manifest }: TemplateVersion,
  publicUrl: string,
): Carried | undefined {
  if (manifest.channel !== 'email' || manifest.attach === undefined) return undefined
  const print = live.find(({ content }) => content.id === manifest.attach)
  if (!print) return undefined
  const as = kind?.document === 'linked' && publicUrl !== '' ? 'linked' : 'attached'
  return { template: print.content.id, version: print.number, as }
}

const joined = new WeakMap<TemplateVersion, Map<string, TemplateVersion>>()

/** One object per pair, so that threads are handed it once. */
export async function withDocument(
  app: Pick<App, 'workflow'>,
  version: TemplateVersion,
  carried: Carried | undefined,
): Promise<TemplateVersion> {
  if (carried?.as !== 'attached') return version
  const document = await withAssets(app, (await templateVersion(app, carried.template, carried.version)).content)
  const known = remember(joined, version, () => new Map<string, TemplateVersion>())
  return remember(known, document.hash, () => ({ ...version, document, hash: `${version.hash}+${document.hash}` }))
}
