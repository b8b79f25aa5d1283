import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { Command } from '../platform/app.ts'
import { checkCommand, checksCampaign } from './checks/command.ts'
import { smsSize } from './compose/segments.ts'
import { composeFiles } from './compose-files.ts'
import { errors } from './errors.ts'
import { show } from './show.ts'

const text = (value: unknown, option: string): string => {
  if (typeof value === 'string' && value !== '') return value
  throw errors['personalize.option-missing']({ option })
}

const compose: Command = {
  name: 'compose',
  summary: { en: 'Compose documents from a template and rows of data', zh: '用模板和数据行生成文档' },
  options: [
    ['--template <name>', 'bill, letter, email, sms, script, or the path of a template folder'],
    ['--data <file>', 'JSON: an array of objects with id and the fields of data.schema.json'],
    ['--out <dir>', 'where ID.pdf|eml|txt and manifest.jsonl go'],
    ['--threads <n>', 'threads that compose (default: cores, at most 8)'],
    ['--check', 'only say whom it cannot serve and why: the newest campaign, or the rows of --data'],
    ['--campaign <id>', 'with --check: another campaign'],
    ['--wave <n>', 'with --check: one wave of it'],
  ],
  needsApp: checksCampaign,
  async run(input) {
    const { options, progress, lang } = input
    if (options['check'] === true) return checkCommand(input)
    const threads = Number(options['threads'] ?? Math.min(8, availableParallelism()))
    if (!Number.isInteger(threads) || threads < 1 || threads > 64)
      throw errors['personalize.option-missing']({ option: '--threads 1…64' })
    const result = await composeFiles(
      text(options['template'], '--template <name>'),
      text(options['data'], '--data <file>'),
      text(options['out'], '--out <dir>'),
      threads,
      progress,
    )
    const { composed, held, pages, seconds } = result
    const first = held[0]
    const why = first ? ` (${first.id}: ${first.reason}, ${first.detail})` : ''
    return {
      json: result,
      text:
        lang === 'zh-CN'
          ? `已生成 ${composed} 份，共 ${pages} 页，用时 ${seconds} 秒；暂缓 ${held.length} 份${why}`
          : `${composed} composed, ${pages} pages, ${seconds} s; ${held.length} held back${why}`,
    }
  },
}

const sms: Command = {
  name: 'sms <text>',
  summary: { en: 'Encoding and segments of a short message', zh: '短信的编码与条数' },
  needsApp: false,
  async run({ args, lang }) {
    const size = smsSize(args.join(' '))
    const { encoding, segments, units, left, because } = size
    const reason = because === undefined ? '' : ` (${because})`
    return {
      json: size,
      text:
        lang === 'zh-CN'
          ? `${encoding}${reason}，${segments} 条，${units} 个单位，末条剩余 ${left}`
          : `${encoding}${reason}, ${segments} segment(s), ${units} units, ${left} left in the last`,
    }
  },
}

const showCommand: Command = {
  name: 'show <id>',
  summary: { en: 'A communication exactly as it was composed', zh: '原样取回一份已生成的沟通内容' },
  options: [['--out <file>', 'where to write it']],
  async run({ args, options, cwd, app, lang }) {
    const [id = ''] = args
    const file = resolve(cwd, text(options['out'], '--out <file>'))
    const { bytes, sha256, mediaType, row } = await show(app!, id)
    await writeFile(file, bytes).catch((error: Error) => {
      throw errors['personalize.out-not-writable']({ dir: file, reason: error.message }, error)
    })
    return {
      json: {
        id,
        file,
        sha256,
        mediaType,
        size: bytes.length,
        kind: row.kind,
        template: row.template,
        templateVersion: row.template_version,
        engine: row.engine,
        fonts: row.fonts,
      },
      text:
        lang === 'zh-CN'
          ? `${file}：${bytes.length} 字节，SHA-256 ${sha256}，与台账一致`
          : `${file}: ${bytes.length} bytes, SHA-256 ${sha256}, as in the ledger`,
    }
  },
}

export const commands: Command[] = [compose, sms, showCommand]
