import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ZodType, z } from 'zod'
import type { Fragments } from '../design/compile/expand.ts'
import { readDesign } from '../design/read-design.ts'
import { errors } from '../errors.ts'
import { fragmentsIn } from '../fragments/fragments-folder.ts'
import { buildVersion, type TemplateSource } from '../templates/build-version.ts'
import { brandSchema, manifestSchema, type TemplateVersion } from './template.ts'

const examplesSchema = z.array(z.record(z.string(), z.unknown())).min(1)

const described = new Set(['template.json', 'data.schema.json', 'example.json', 'design.json'])

/**
 * Reads a template from its folder: `<root>/<id>/` with `<root>/brand.json` beside it. One with a `design.json` is compiled, with the
 * fragments of `<root>/fragments/` unless others are handed in; any other is an expert's own files.
 */
export async function loadTemplate(root: string, id: string, fragments?: Fragments): Promise<TemplateVersion> {
  const source = await readTemplate(root, id)
  return buildVersion(source, source.design ? (fragments ?? (await fragmentsIn(root))) : undefined)
}

export async function readTemplate(root: string, id: string): Promise<TemplateSource> {
  const known = await templateIds(root)
  if (!known.includes(id))
    throw errors['personalize.template-missing']({ template: id, where: root, there: known.join(', ') || '–' })
  const folder = join(root, id)
  const read = (file: string) => readJson(id, join(folder, file), file)
  const files: Record<string, string> = {}
  const names = (await readdir(folder)).sort()
  for (const name of names)
    if (!described.has(name) && !name.startsWith('.')) files[name] = await readFile(join(folder, name), 'utf8')
  return {
    id,
    manifest: parsed(id, 'template.json', manifestSchema, await read('template.json')),
    brand: parsed(id, 'brand.json', brandSchema, await readJson(id, join(root, 'brand.json'), 'brand.json')),
    schema: (await read('data.schema.json')) as Record<string, unknown>,
    examples: parsed(id, 'example.json', examplesSchema, await read('example.json')),
    files,
    ...(names.includes('design.json') ? { design: readDesign(`${id}/design.json`, await read('design.json')) } : {}),
  }
}

/** Folders that hold a `template.json`, by name. */
export async function templateIds(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true, recursive: true }).catch(() => [])
  const ids = entries.filter(entry => entry.name === 'template.json' && join(entry.parentPath, '..') === join(root))
  return ids.map(entry => entry.parentPath.split('/').at(-1) ?? '').sort()
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
