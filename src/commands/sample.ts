import { join, resolve } from 'node:path'
import type { HouseContext } from '../cli.ts'
import { parts, stages } from '../loop.ts'
import type { App } from '../platform/app.ts'
import { progressBar } from '../platform/cli/progress.ts'
import { openApp } from '../platform/open-app.ts'

/** The day the sample's files were "exported": what came after is revealed by the last step of the turn. */
export const SAMPLE_AS_OF = '2010-12-01'

/** Registers a company's files, mappings, offers, policy, segments, campaign and templates. Doing it twice changes nothing. */
export async function loadSampleCompany(app: App, folder: string): Promise<void> {
  const bar = progressBar('sample')
  for (const [index, part] of parts.entries()) {
    bar.update(index, parts.length, part.stage.name)
    await part.loadSample(app, folder, () => undefined)
  }
  bar.done('sample  ✓')
}

export function sampleCommand({ program, config: configOf, root }: HouseContext): void {
  program
    .command('sample')
    .description('load the sample company / 载入示例公司')
    .option('--folder <folder>', 'a company of your own, laid out like samples/ / 按 samples/ 布局的自备公司')
    .option('--json', 'print the result as one JSON object on stdout')
    .action(async (_options, command) => {
      const options = command.optsWithGlobals()
      const config = configOf(options)
      const app = await openApp(config, stages)
      try {
        await loadSampleCompany(app, resolve(options.folder ?? join(root, 'samples')))
        const next = `huiyin turn --as-of ${SAMPLE_AS_OF}`
        process.stdout.write(
          options.json
            ? `${JSON.stringify({ sample: 'loaded', asOf: SAMPLE_AS_OF })}\n`
            : `${config.lang === 'zh-CN' ? '示例公司已载入。下一步' : 'The sample company is loaded. Next'}: npx ${next}\n`,
        )
      } finally {
        await app.close()
      }
    })
}
