import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ZodType, z } from 'zod'
import { errors } from '../errors.ts'
import { FONT_FAMILY } from './fonts.ts'
import { compileMjml } from './mjml.ts'
import { type Brand, brandSchema, manifestSchema, type TemplateManifest, type TemplateVersion } from './template.ts'

const examplesSchema = z.array(z.record(z.string(), z.unknown())).min(1)

const described = new Set(['template.json', 'data.schema.json', 'example.json'])

/** Reads a template from its folder: `<root>/<id>/` with `<root>/brand.json` beside it. */
export async function loadTemplate(root: string, id: string): Promise<TemplateVersion> {
  const known = await templateIds(root)
  if (!known.includes(id))
    throw errors['personalize.template-missing']({ template: id, where: root, there: known.join(', ') || '–' })
  const folder = join(root, id)
  const read = (file: string) => readJson(id, join(folder, file), file)
  const manifest: TemplateManifest = parsed(id, 'template.json', manifestSchema, await read('template.json'))
  const brand: Brand = parsed(id, 'brand.json', brandSchema, await readJson(id, join(root, 'brand.json'), 'brand.json'))
  const schema = (await read('data.schema.json')) as Record<string, unknown>
  const examples = parsed(id, 'example.json', examplesSchema, await read('example.json'))
  const files: Record<string, string> = {}
  for (const name of (await readdir(folder)).sort())
    if (!described.has(name) && !name.startsWith('.')) files[name] = await readFile(join(folder, name), 'utf8')
  refuseOutside(id, files)
  if (manifest.channel === 'print') files['huiyin.typ'] = await prelude()
  const version = { id, manifest, schema, brand, files }
  const compiled = await compileMjml(id, files)
  return {
    ...version,
    compiled,
    examples,
    hash: createHash('sha256')
      .update(JSON.stringify({ ...version, compiled }))
      .digest('hex'),
  }
}

/** Folders that hold a `template.json`, by name. */
export async function templateIds(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true }).catch(() => [])
  const ids = entries.filter(entry => entry.name === 'template.json' && join(entry.parentPath, '..') === join(root))
  return ids.map(entry => entry.parentPath.split('/').at(-1) ?? '').sort()
}

/** Part of every version, so that a later prelude does not change what was sent. */
const prelude = async (): Promise<string> =>
  (await readFile(new URL('./prelude.typ', import.meta.url), 'utf8')).replace('{font}', FONT_FAMILY)

/** What would make bytes depend on the machine or the day: packages from the network, fonts of one's own. */
const outside = [
  { pattern: /["']@\w+\//, problem: 'imports a package / 引用了外部包' },
  {
    pattern: /\bfont\s*:/,
    problem: 'names a font; all print is set in the product\u2019s own / 指定了字体，打印统一使用产品自带字体',
  },
]

function refuseOutside(template: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files).filter(([name]) => name.endsWith('.typ')))
    for (const { pattern, problem } of outside) {
      const line = text.split('\n').findIndex(each => pattern.test(each))
      if (line >= 0) throw errors['personalize.template-file']({ template, file: `${file}:${line + 1}`, problem })
    }
}

async function readJson(template: string, path: string, file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw errors['personalize.template-file'](
      { template, file, problem: error instanceof Error ? error.message : String(error) },
      error,
    )
  }
}

function parsed<T>(template: string, file: string, schema: ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw errors['personalize.template-file']({ template, file, problem: `${issue?.path.join('.')}: ${issue?.message}` })
}
