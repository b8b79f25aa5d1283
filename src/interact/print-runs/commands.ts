import type { Command } from '../../platform/app.ts'
import { makePrintRun } from './make-run.ts'
import { printSettingsSchema } from './settings.ts'

export const printRunCommand: Command = {
  name: 'print-run',
  summary: {
    en: 'Print what was delivered: envelopes, files with marks, control files, manifest',
    zh: '打印已投递的文档：装封、带识别码的打印文件、控制文件与清单',
  },
  options: [
    ['--consolidate <how>', 'none, customer or household (default: household)'],
    ['--simplex', 'print one side only'],
  ],
  async run({ app, options, progress, lang }) {
    const made = await makePrintRun(
      app!,
      printSettingsSchema.parse({
        duplex: options['simplex'] !== true,
        ...(options['consolidate'] === undefined ? {} : { consolidate: options['consolidate'] }),
      }),
      null,
    )
    await app!.jobs.drain({ group: `print-run-${made.id}` }, ({ completed, total }) => progress(completed, total))
    const { id, documents, pieces, sheets, files } = made
    return {
      json: made,
      text:
        lang === 'zh-CN'
          ? `打印作业 ${id}：${documents} 份文档，${pieces} 封，${sheets} 张，${files} 个文件`
          : `Print run ${id}: ${documents} documents, ${pieces} envelopes, ${sheets} sheets, ${files} files`,
    }
  },
}
