import { dirname, resolve } from 'node:path'
import type { Command, CommandResult } from '../../platform/app.ts'
import { textTable } from '../../platform/cli/table.ts'
import { dryRun } from '../dry-run/dry-run.ts'
import type { DryRunReport } from '../dry-run/report.ts'
import { isAddress } from '../importers/address.ts'
import { KINDS, type Mapping, type SourceKind } from '../mapping.ts'
import { sourceName } from '../mappings/source-name.ts'
import { readMapping, registerSource, sourceNamed, suggestMapping } from '../sources.ts'
import { importFile, sweepKilledImports } from './import-file.ts'
import { oneAtATime } from './one-at-a-time.ts'

const option = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** `huiyin import FILE`: with a saved source, a mapping file, or a mapping proposed from the headers. */
export const importCommand: Command = {
  name: 'import <file>',
  summary: { en: 'bring a file or a table in', zh: '导入文件或数据表' },
  options: [
    ['--source <name>', 'source whose saved mapping is used; a new name saves a proposed mapping'],
    ['--mapping <json>', 'mapping file, saved for the source'],
    ['--kind <kind>', 'what the file holds: people, sales, products, attributes (default: told from its headers)'],
    ['--dry-run', 'say what would change, and change nothing'],
  ],
  async run({ args, options, cwd, app, progress, lang }) {
    if (!app) throw new Error('the command needs a data folder')
    const given = args[0] ?? ''
    const path = isAddress(given) ? given : resolve(cwd, given)
    const mapping = await mappingFor()
    if (options['dryRun'] === true) return reported(await dryRun(app, mapping, path, progress), lang)
    const result = await oneAtATime(app, async () => {
      await sweepKilledImports(app)
      return importFile(app, mapping, path, progress)
    })
    // Only now: a source whose file could not be imported would stop every later turn.
    await registerSource(app, mapping, isAddress(path) ? '' : dirname(path))
    const text =
      lang === 'zh-CN'
        ? `${result.file}：共 ${result.rowsIn} 行，入库 ${result.stored}，重复 ${result.duplicates}，隔离 ${result.quarantined}${result.known ? '（此前已导入）' : ''}`
        : `${result.file}: ${result.rowsIn} rows, ${result.stored} stored, ${result.duplicates} duplicates, ${result.quarantined} in quarantine${result.known ? ' (imported before)' : ''}`
    return { json: result, text }

    async function mappingFor(): Promise<Mapping> {
      const file = option(options['mapping'])
      const name = option(options['source'])
      if (file) return { ...(await readMapping(resolve(cwd, file))), ...(name ? { source: name } : {}) }
      if (name) {
        const saved = await sourceNamed(app!, name).catch(() => null)
        if (saved) return saved.mapping
      }
      const kind = KINDS.find((candidate): candidate is SourceKind => candidate === option(options['kind']))
      return suggestMapping(path, name ?? sourceName(given), kind)
    }
  },
}

function reported(report: DryRunReport, lang: 'en' | 'zh-CN'): CommandResult {
  const zh = lang === 'zh-CN'
  const { golden } = report
  const lines = [
    zh
      ? `${report.file}（试运行，未写入任何内容）：共 ${report.rowsIn} 行，新增 ${report.fresh}，变更 ${report.changed}，相同 ${report.same}，文件内重复 ${report.repeated}，将隔离 ${report.quarantined}`
      : `${report.file} (dry run, nothing was written): ${report.rowsIn} rows, ${report.fresh} new, ${report.changed} changed, ${report.same} the same, ${report.repeated} repeated in the file, ${report.quarantined} would go to the quarantine`,
  ]
  const table = (title: string, head: string[], rows: string[][]) => {
    if (rows.length > 0) lines.push('', title, textTable(head, rows))
  }
  table(
    zh ? '将被隔离：' : 'Would be refused:',
    zh ? ['规则', '列', '行数', '例'] : ['rule', 'column', 'rows', 'example'],
    report.refused.map(group => [
      group.rule,
      group.column,
      String(group.count),
      group.examples[0] ? `${zh ? '第' : 'row '}${group.examples[0].rowNo}${zh ? ' 行' : ''}` : '',
    ]),
  )
  table(
    zh ? '字段变更：' : 'Fields that change:',
    zh ? ['字段', '行数'] : ['field', 'rows'],
    report.fields.map(change => [
      change.field || (zh ? '（仅原样保留的列）' : '(columns kept as given)'),
      String(change.rows),
    ]),
  )
  if (golden)
    lines.push(
      '',
      zh
        ? `客户档案：新行中 ${golden.joins} 行的账号、邮箱或手机已有客户，${golden.newCustomers} 行可能是新客户；${golden.follows} 个认定值会随之改变，${golden.outranked} 处变更目前不及其他来源。`
        : `Golden records: of the new rows ${golden.joins} carry an account, e-mail or mobile that a customer has, ${golden.newCustomers} may be new customers; ${golden.follows} golden values would follow, ${golden.outranked} changes are outranked by other sources today.`,
    )
  // Values stay out of the terminal's scroll-back: --json has the examples.
  return { json: report, text: lines.join('\n') }
}
