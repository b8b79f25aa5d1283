import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { FONT_FAMILY } from '../compose/fonts.ts'
import { compileMjml } from '../compose/mjml.ts'
import { refuseFaults } from '../compose/source-faults.ts'
import type { Brand, TemplateManifest, TemplateVersion } from '../compose/template.ts'
import { compile } from '../design/compile/compile.ts'
import type { Fragments } from '../design/compile/expand.ts'
import type { Design } from '../design/design.ts'
import { refuseOutside } from './refuse-outside.ts'

/** What a version is made from: a design, or an expert's own files. */
export interface TemplateSource {
  id: string
  manifest: TemplateManifest
  schema: Record<string, unknown>
  brand: Brand
  examples: Record<string, unknown>[]
  design?: Design | undefined
  /** `main.typ`, `body.mjml`, `texts.en.json` …; of a template with a design none. */
  files: Record<string, string>
}

/** Everything that decides the output, and its hash: the same source and fragments give the same version. */
export async function buildVersion(source: TemplateSource, fragments: Fragments = new Map()): Promise<TemplateVersion> {
  const { id, brand, design } = source
  const { manifest, schema, files, ...parts } = design ? await fromDesign(source, design, fragments) : expert(source)
  if (manifest.channel === 'print') files['huiyin.typ'] = await prelude()
  const version = { id, manifest, schema, brand, files, ...parts }
  const compiled = await compileMjml(id, files)
  return {
    ...version,
    compiled,
    examples: source.examples,
    hash: createHash('sha256')
      .update(JSON.stringify({ ...version, compiled }))
      .digest('hex'),
  }
}

type Made = Pick<TemplateVersion, 'manifest' | 'schema' | 'files' | 'design' | 'fragments' | 'rules'>

function expert({ id, manifest, schema, files }: TemplateSource): Made {
  refuseOutside(id, files)
  refuseFaults(id, { manifest, schema, files })
  return { manifest, schema, files: { ...files } }
}

async function fromDesign(
  { manifest, schema, brand }: TemplateSource,
  design: Design,
  fragments: Fragments,
): Promise<Made> {
  const {
    files,
    charts,
    slots,
    rules,
    fragments: used,
  } = await compile(design, { channel: manifest.channel, brand, fragments })
  return {
    manifest: { ...manifest, languages: design.languages, charts, slots },
    schema: withRules(schema, Object.keys(rules)),
    files,
    design,
    fragments: used,
    rules,
  }
}

/** Rows of data say for themselves whether a rule holds: `when.<name>`; what is not said does not hold. */
function withRules(schema: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  if (keys.length === 0) return schema
  const properties = (schema['properties'] ?? {}) as Record<string, unknown>
  const when = { type: 'object', properties: Object.fromEntries(keys.map(key => [key, { type: 'boolean' }])) }
  return { ...schema, properties: { ...properties, when } }
}

/** Part of every version, so that a later prelude does not change what was sent. */
const prelude = async (): Promise<string> =>
  (await readFile(new URL('../compose/prelude.typ', import.meta.url), 'utf8')).replaceAll('{font}', FONT_FAMILY)
