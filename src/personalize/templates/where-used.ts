import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import type { Block } from '../design/blocks.ts'
import { allBlocks } from '../design/compile/expand.ts'
import type { When } from '../design/when.ts'
import { liveTemplates } from '../template-store.ts'
import type * as api from './api.ts'
import type { DraftSource } from './drafts.ts'
import { proposedDate } from './effective.ts'
import { titleOf } from './list.ts'

export type Usage = z.infer<typeof api.whereUsed>['rows'][number]

export type Wanted =
  | { of: 'fragment'; id: string }
  | { of: 'asset'; id: string }
  | { of: 'offer'; id: string }
  | { of: 'kind'; id: string }

interface Place {
  kind: 'template' | 'fragment'
  id: string
  title: Text
  version: number | null
  draft: number | null
  communication: string
  channel: string
  blocks: readonly Block[]
  /** An expert's files, and a template's own address of a font. */
  text: string
}

/** Live templates and fragments, and open drafts, that use a fragment, an uploaded file, an offer or a kind of communication. */
export async function whereUsed(app: App, wanted: Wanted): Promise<Usage[]> {
  return (await places(app)).flatMap(place => {
    const blocks = blocksUsing(place, wanted)
    if (blocks === null) return []
    const { blocks: _, text: __, ...rest } = place
    return [{ ...rest, blocks }]
  })
}

/** The blocks concerned; null: it is not used there. */
function blocksUsing({ blocks, text, communication }: Place, { of, id }: Wanted): string[] | null {
  if (of === 'kind') return communication === id ? [] : null
  const using = allBlocks(blocks).filter(block => {
    if (of === 'fragment') return block.type === 'fragment' && block.fragment === id
    if (of === 'asset') return block.type === 'picture' && block.asset === id
    return asksForOffer(block, id)
  })
  const written = of === 'asset' && text.includes(`/assets/${id}`)
  const offered = of === 'offer' && text.includes(JSON.stringify(id))
  return using.length > 0 || written || offered ? using.map(block => block.id) : null
}

/** A block that says something of its own about one offer: a comparison with its code. */
function asksForOffer(block: Block, offer: string): boolean {
  const conditions = [block.when, block.type === 'condition' ? block.test : undefined]
  return conditions.some(when => when !== undefined && names(when, offer))
}

const names = (when: When, offer: string): boolean =>
  when.by !== 'rule' &&
  (when.by === 'data' ? when.all : when.any).some(
    comparison =>
      comparison.path === 'offer.code' && 'value' in comparison && [comparison.value].flat().includes(offer),
  )

async function places(app: App): Promise<Place[]> {
  const { db } = app.workflow
  const [live, fragments, drafts] = await Promise.all([
    liveTemplates(app, await proposedDate(app)),
    db
      .selectFrom('fragment_versions')
      .distinctOn('fragment')
      .select(['fragment', 'version', 'body'])
      .where('approved_at', 'is not', null)
      .where('withdrawn_at', 'is', null)
      .orderBy('fragment')
      .orderBy('version', 'desc')
      .execute(),
    db
      .selectFrom('content_drafts')
      .select(['id', 'kind', 'object', 'source'])
      .where('state', 'in', ['draft', 'asked'])
      .where('deleted_at', 'is', null)
      .orderBy('id')
      .limit(500)
      .execute(),
  ])
  return [
    ...live.map(({ number, content }) => ({
      ...templatePlace(content.id, content),
      version: number,
      draft: null,
    })),
    ...fragments.map(({ fragment, version, body }) => ({
      ...placeOf('fragment', fragment, body),
      version,
      draft: null,
    })),
    ...drafts.map(({ id, kind, object, source }) => ({ ...placeOf(kind, object, source), version: null, draft: id })),
  ]
}

type Bare = Omit<Place, 'version' | 'draft'>

function placeOf(kind: Place['kind'], id: string, source: DraftSource): Bare {
  if (!('content' in source)) return templatePlace(id, source)
  const blocks = source.content.blocks
  return { kind, id, title: titleOf(source), communication: '', channel: '', blocks, text: '' }
}

function templatePlace(
  id: string,
  { manifest, design, files }: Pick<Extract<DraftSource, { manifest: unknown }>, 'manifest' | 'design' | 'files'>,
): Bare {
  const font = design?.page.font ? `/assets/${design.page.font}` : ''
  return {
    kind: 'template',
    id,
    title: manifest.title,
    communication: manifest.kind,
    channel: manifest.channel,
    blocks: design?.blocks ?? [],
    text: design ? font : Object.values(files).join('\n'),
  }
}
