import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { textSchema } from '../../platform/text.ts'
import type { Fragments } from '../design/compile/expand.ts'
import { type FragmentContent, fragmentContentSchema } from '../design/design.ts'
import { readFragment } from '../design/read-design.ts'
import { errors } from '../errors.ts'
import { objectionSchema } from '../templates/source.ts'

const aboutSchema = z.object({
  title: textSchema,
  owner: z.string().default(''),
  objection: objectionSchema.optional(),
})

/** A fragment as a file of `<root>/fragments/` has it. */
export interface FragmentFile {
  id: string
  title: z.infer<typeof textSchema>
  owner: string
  content: FragmentContent
  objection?: z.infer<typeof objectionSchema>
}

export async function readFragments(root: string): Promise<FragmentFile[]> {
  const folder = join(root, 'fragments')
  const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.json')).sort()
  return Promise.all(
    names.map(async name => {
      const id = name.slice(0, -'.json'.length)
      const file = `fragments/${name}`
      const given = await readJson(join(folder, name), file)
      const about = aboutSchema.safeParse(given)
      if (!about.success)
        throw errors['personalize.template-file']({ template: id, file, problem: about.error.issues[0]?.message ?? '' })
      const shape = Object.keys(fragmentContentSchema.shape)
      const content = Object.fromEntries(Object.entries(given).filter(([key]) => shape.includes(key)))
      const { objection, ...named } = about.data
      return { id, ...named, content: readFragment(file, content), ...(objection ? { objection } : {}) }
    }),
  )
}

/** As templates of the same folder use them, each its version 1: what is composed from files knows no others. */
export const fragmentsIn = async (root: string): Promise<Fragments> =>
  new Map((await readFragments(root)).map(({ id, content }) => [id, { version: 1, content }]))

async function readJson(path: string, file: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw errors['personalize.template-file']({ template: 'fragments', file, problem }, error)
  }
}
