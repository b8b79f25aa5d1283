import { resolve } from 'node:path'
import { campaignOf } from '../../campaign/index.ts'
import type { App, CommandInput, CommandResult } from '../../platform/app.ts'
import { textIn } from '../../platform/text.ts'
import type { Data } from '../compose/check-data.ts'
import { loadTemplate } from '../compose/load-template.ts'
import { reasonText } from '../compose/outcome.ts'
import { openComposePool } from '../compose/pool.ts'
import { readRows } from '../read-rows.ts'
import { findTemplate } from '../templates-folder.ts'
import { listChecks, listFindings } from './check-view.ts'
import { errors } from './errors.ts'
import { startCheck } from './run-check.ts'

const SHOWN = 20

/** `huiyin compose --check`: the newest campaign (or `--campaign`, `--wave`), or the rows of a file with `--template` and `--data`. */
export const checkCommand = (input: CommandInput): Promise<CommandResult> =>
  input.app ? checkCampaign(input.app, input) : checkFile(input)

/** A campaign lies in the data folder, a file of rows needs none. */
export const checksCampaign = (options: CommandInput['options']): boolean =>
  options['check'] === true && options['template'] === undefined

async function checkCampaign(app: App, { options, progress, lang }: CommandInput): Promise<CommandResult> {
  const turn = await app.runs.latestTurn()
  const named = options['campaign'] === undefined ? undefined : Number(options['campaign'])
  const campaign = named ?? (turn ? (await campaignOf(app, turn.id))?.campaignId : undefined)
  if (campaign === undefined) throw errors['personalize.nothing-to-check']({})
  const check = await startCheck(app, campaign, Number(options['wave'] ?? 0), 'huiyin compose --check')
  await app.jobs.drain({ group: `compose-check-${check}` }, async () => {
    const [row] = await listChecks(app, campaign)
    if (row) progress(row.done, row.total)
  })
  const [row] = await listChecks(app, campaign)
  if (!row) throw errors['personalize.no-check']({ check, campaign })
  const { rows } = await listFindings(app, campaign, check, { offset: 0, limit: SHOWN }, true)
  const zh = lang === 'zh-CN'
  const head = zh
    ? `活动 ${campaign}：检查 ${row.checked} 份，可生成 ${row.fine} 份，无法生成 ${row.held} 份，完整生成 ${row.composed} 份`
    : `Campaign ${campaign}: ${row.checked} checked, ${row.fine} can be made, ${row.held} cannot, ${row.composed} composed in full`
  const reasons = row.reasons.map(
    ({ template, channel, field, says, customers }) =>
      `  ${customers} × ${template} (${channel}) ${field}: ${textIn(says, lang)}`,
  )
  const found = rows.map(
    ({ customerId, template, detail, says }) =>
      `  ${zh ? '客户' : 'customer'} ${customerId}  ${template}  ${textIn(says, lang)}: ${detail}`,
  )
  return {
    json: { campaign, ...row, findings: rows },
    text: [head, ...reasons, ...found].join('\n'),
    ...(row.held > 0 ? { exit: 1 } : {}),
  }
}

async function checkFile({ options, cwd, progress, lang }: CommandInput): Promise<CommandResult> {
  const { root, id } = findTemplate(String(options['template']))
  const version = await loadTemplate(root, id)
  const rows = await readRows(resolve(cwd, String(options['data'] ?? '')))
  const pool = openComposePool()
  try {
    const held: { id: string; reason: string; detail: string }[] = []
    const batch = 50
    for (let from = 0; from < rows.length; from += batch) {
      const part: Data[] = rows.slice(from, from + batch)
      const outcomes = await pool.compose(version, part)
      for (const [index, outcome] of outcomes.entries())
        if (outcome.state === 'held')
          held.push({ id: String(part[index]?.['id']), reason: outcome.reason, detail: outcome.detail })
      progress(Math.min(rows.length, from + batch), rows.length)
    }
    const zh = lang === 'zh-CN'
    const head = zh
      ? `模板 ${id}：${rows.length} 份中有 ${held.length} 份无法生成`
      : `Template ${id}: ${held.length} of ${rows.length} cannot be made`
    const lines = held
      .slice(0, SHOWN)
      .map(each => `  ${each.id}  ${textIn(reasonText(each.reason), lang)}: ${each.detail}`)
    return {
      json: { template: id, rows: rows.length, held },
      text: [head, ...lines].join('\n'),
      ...(held.length > 0 ? { exit: 1 } : {}),
    }
  } finally {
    await pool.close()
  }
}
