import { type RuleFeature, ruleFeaturesOf } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Block } from '../design/blocks.ts'
import type { Language } from '../design/languages.ts'
import { type BlockChange, blockDiff } from './block-diff.ts'
import { draftRow } from './drafts.ts'
import { type ContentKind, contentKind } from './kinds.ts'
import { type LineChange, lineDiff } from './line-diff.ts'
import type { FragmentSource, TemplateDraftSource } from './source.ts'

/** What one version or draft has that another has not. */
export interface Difference {
  blocks: BlockChange[]
  /** Files of experts; and of a template that changed between designed and expert. */
  files: { file: string; lines: LineChange[] }[]
  /** Everything else, as JSON: what happens when data are missing, the kind, the examples. */
  settings: { name: string; before: string; after: string }[]
}

type Source = TemplateDraftSource | FragmentSource
type Store = Pick<App, 'workflow'>

/** `12` is a version, `draft-7` a draft. */
async function read(app: Store, kind: ContentKind, id: string, named: string): Promise<Source> {
  const draft = /^draft-(\d+)$/.exec(named)?.[1]
  return draft === undefined
    ? contentKind(kind).source(app, id, Number(named))
    : (await draftRow(app, Number(draft))).source
}

export async function differenceBetween(
  app: Store,
  kind: ContentKind,
  id: string,
  from: string,
  to: string,
): Promise<Difference> {
  const [before, after, features] = await Promise.all([
    read(app, kind, id, from),
    read(app, kind, id, to),
    ruleFeaturesOf(app),
  ])
  return difference(before, after, features)
}

const blocksOf = (source: Source): readonly Block[] =>
  'content' in source ? source.content.blocks : (source.design?.blocks ?? [])
const languagesOf = (source: Source): readonly Language[] =>
  'content' in source ? source.content.languages : (source.design?.languages ?? source.manifest.languages)
const filesOf = (source: Source): Record<string, string> => ('content' in source ? {} : source.files)

export function difference(before: Source, after: Source, features: ReadonlyMap<string, RuleFeature>): Difference {
  const languages = [...new Set([...languagesOf(after), ...languagesOf(before)])]
  const [old, now] = [filesOf(before), filesOf(after)]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()
  return {
    blocks: blockDiff(blocksOf(before), blocksOf(after), languages, features),
    files: names
      .filter(file => old[file] !== now[file])
      .map(file => ({ file, lines: lineDiff(old[file] ?? '', now[file] ?? '') })),
    settings: settings(before, after),
  }
}

/** Whole parts, but for manifest and design, which are compared by their own names. */
function settings(before: Source, after: Source): Difference['settings'] {
  const [a, b] = [flat(before), flat(after)]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter(name => a[name] !== b[name])
    .map(name => ({ name, before: a[name] ?? '', after: b[name] ?? '' }))
}

function flat(source: Source): Record<string, string> {
  const { blocks: _, ...design } = ('content' in source ? source.content : source.design) ?? { blocks: [] }
  const parts: Record<string, unknown> =
    'content' in source
      ? { title: source.title, owner: source.owner }
      : { ...source.manifest, schema: source.schema, brand: source.brand, examples: source.examples }
  const named = Object.entries({
    ...parts,
    ...Object.fromEntries(Object.entries(design).map(([key, value]) => [`design.${key}`, value])),
  })
  return Object.fromEntries(named.map(([name, value]) => [name, JSON.stringify(value, null, 1) ?? '']))
}
