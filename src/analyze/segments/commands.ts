import { resolve } from 'node:path'
import { z } from 'zod'
import type { Command } from '../../platform/app.ts'
import { ruleFeatures } from '../features/catalogue.ts'
import { readSegmentsFile } from './definitions.ts'
import { segmentErrors } from './errors.ts'
import { proofText } from './file/proof-text.ts'
import { exitOf, proveFile } from './file/prove-file.ts'
import { readRulesFile, rulesFileSchema } from './file/rules-file.ts'
import { sendRefresh } from './refresh/jobs.ts'
import { catalogueFrom, catalogueOf } from './rule-catalogue.ts'
import { proposedDate, refuseRefuted } from './versions/release.ts'
import { FROM_THE_BEGINNING, saveDefinitions, versionAt } from './versions/versions.ts'

const check: Command = {
  name: 'segments check [file]',
  summary: {
    en: 'Proves that a rules file puts every possible customer into exactly one segment, or shows one whom it does not (format: docs/segments.md)',
    zh: '证明规则文件使每位可能的客户恰属一个类别，否则给出反例（格式见 docs/segments.md）',
  },
  options: [
    [
      '--unordered',
      'the rules are not tried in order: also prove that no two overlap (else as the file says: "ordered")',
    ],
    ['--schema', 'print the JSON schema of a rules file, and the features that need no declaring'],
  ],
  needsApp: false,
  async run({ args, cwd, options, lang }) {
    const { domains } = catalogueFrom(ruleFeatures)
    if (options['schema']) {
      const json = { schema: z.toJSONSchema(rulesFileSchema, { io: 'input' }), features: Object.fromEntries(domains) }
      return { json, text: JSON.stringify(json, null, 2) }
    }
    if (args[0] === undefined) throw segmentErrors['analyze.segments-name-file']()
    const file = await readRulesFile(resolve(cwd, args[0]), domains)
    const proof = proveFile(options['unordered'] ? { ...file, ordered: false } : file)
    return { json: proof, text: proofText(proof, lang), exit: exitOf(proof) }
  },
}

const load: Command = {
  name: 'segments load <file>',
  summary: {
    en: 'Puts a rules file in force without asking for approval, from the date of the newest turn or from --from',
    zh: '使规则文件直接生效（无需审批），自最近一轮的日期或 --from 起',
  },
  options: [['--from <date>', 'holds from this business date on, 2010-12-01']],
  async run({ args, cwd, app, options, lang }) {
    const { domains } = await catalogueOf(app!)
    const path = resolve(cwd, args[0]!)
    const set = await readSegmentsFile(path, domains)
    const proof = proveFile({ ...set, domains, declared: [] })
    await refuseRefuted(app!, set)
    const asked = options['from']
    if (asked !== undefined && !z.iso.date().safeParse(asked).success)
      throw segmentErrors['analyze.segments-date']({ date: String(asked) })
    const from =
      typeof asked === 'string' ? asked : (await versionAt(app!)) ? await proposedDate(app!) : FROM_THE_BEGINNING
    const version = await saveDefinitions(app!, set.segments, {
      ordered: set.ordered,
      from,
      by: 'huiyin segments load',
    })
    await sendRefresh(app!, 'rules')
    return {
      json: { version, from, segments: set.segments.length, proof },
      text: `${lang === 'zh-CN' ? `版本 ${version}，自 ${from} 起生效` : `version ${version}, holds from ${from}`}\n${proofText(proof, lang)}`,
    }
  },
}

export const segmentCommands: Command[] = [check, load]
