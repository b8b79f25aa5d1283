import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/**
 * A new store takes PGlite 1.3–2 s (initdb), a copy of a finished one .2–.3 s. For tests the finished one is kept in the
 * machine's folder for temporary files, one per version of PGlite and user.
 */
export async function template(make: () => Promise<Blob>): Promise<Blob> {
  const file = await templateFile()
  const kept = await readFile(file).catch(() => undefined)
  if (kept) return new Blob([kept])
  const made = await make()
  const unfinished = `${file}.${process.pid}`
  await writeFile(unfinished, Buffer.from(await made.arrayBuffer()))
  await rename(unfinished, file)
  return made
}

async function templateFile(): Promise<string> {
  const face = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const { version } = JSON.parse(await readFile(join(face, '../../package.json'), 'utf8')) as { version: string }
  const folder = join(tmpdir(), `huiyin-templates-${userInfo().username}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return join(folder, `pglite-${version}.tar`)
}
