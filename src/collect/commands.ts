import { dirname, resolve } from 'node:path'
import type { Command } from '../platform/app.ts'
import { importFile, sweepKilledImports } from './import/import-file.ts'
import { KINDS, type SourceKind } from './mapping.ts'
import { readMapping, registerSource, sourceNamed, suggestMapping } from './sources.ts'

const option = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** `huiyin import FILE`: with a saved source, a mapping file, or a mapping proposed from the headers. */
const importCommand: Command = {
  name: 'import <file>',
  summary: { en: 'bring a file in', zh: '导入文件' },
  options: [
    ['--source <name>', 'source whose saved mapping is used; a new name saves a proposed mapping'],
    ['--mapping <json>', 'mapping file, saved for the source'],
    ['--kind <kind>', 'what the file holds: people, sales, products, attributes (default: told from its headers)'],
  ],
  async run({ args, options, cwd, app, progress, lang }) {
    if (!app) throw new Error('the command needs a data folder')
    const path = resolve(cwd, args[0] ?? '')
    const mapping = await mappingFor()
    await sweepKilledImports(app)
    const result = await importFile(app, mapping, path, progress)
    // Only now: a source whose file could not be imported would stop every later turn.
    await registerSource(app, mapping, dirname(path))
    const text =
      lang === 'zh-CN'
        ? `${result.file}：共 ${result.rowsIn} 行，入库 ${result.stored}，重复 ${result.duplicates}，隔离 ${result.quarantined}${result.known ? '（此前已导入）' : ''}`
        : `${result.file}: ${result.rowsIn} rows, ${result.stored} stored, ${result.duplicates} duplicates, ${result.quarantined} in quarantine${result.known ? ' (imported before)' : ''}`
    return { json: result, text }

    async function mappingFor() {
      const file = option(options['mapping'])
      const name = option(options['source'])
      if (file) return { ...(await readMapping(resolve(cwd, file))), ...(name ? { source: name } : {}) }
      if (name) {
        const saved = await sourceNamed(app!, name).catch(() => null)
        if (saved) return saved.mapping
      }
      const kind = KINDS.find((candidate): candidate is SourceKind => candidate === option(options['kind']))
      const source = name ?? fileStem(path)
      return suggestMapping(path, source, kind)
    }
  },
}

const fileStem = (path: string): string =>
  (path.split('/').at(-1) ?? 'file')
    .replace(/\..*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'file'

export const commands: Command[] = [importCommand]
