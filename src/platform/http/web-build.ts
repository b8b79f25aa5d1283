import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { defineErrors } from '../errors.ts'

const errors = defineErrors({
  'platform.web-build': {
    status: 500,
    en: 'The web app could not be built:\n{output}',
    zh: '网页应用构建失败：\n{output}',
  },
})

async function newest(folder: string): Promise<number> {
  let latest = 0
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) latest = Math.max(latest, (await stat(join(entry.parentPath, entry.name))).mtimeMs)
  return latest
}

/** True when dist/web is missing or older than a source of the app. An image ships it built and without sources. */
async function isStale(root: string): Promise<boolean> {
  const built = await stat(join(root, 'dist', 'web', 'index.html')).catch(() => undefined)
  const sources = await newest(join(root, 'web')).catch(() => 0)
  return sources > 0 && (!built || built.mtimeMs < sources)
}

/** Builds the web app into dist/web when it is not up to date (2–4 s); resolves to whether it did. */
export async function ensureWebBuilt(root: string): Promise<boolean> {
  if (!(await isStale(root))) return false
  const vite = spawn(
    process.execPath,
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  for (const stream of [vite.stdout, vite.stderr]) stream.setEncoding('utf8').on('data', text => (output += text))
  const code = await new Promise<number>((resolve, reject) =>
    vite.once('error', reject).once('close', code => resolve(code ?? 1)),
  )
  if (code !== 0) throw errors['platform.web-build']({ output: output.slice(-2000) })
  return true
}
