import type { Command } from '../platform/app.ts'
import { listCampaigns } from './view.ts'

/** `huiyin campaigns`: what was planned, approved, measured. */
const campaigns: Command = {
  name: 'campaigns',
  summary: { en: 'list campaigns with their state and result', zh: '列出活动及其状态和结果' },
  async run({ app, lang }) {
    const rows = await listCampaigns(app!, 0, 50)
    const zh = lang === 'zh-CN'
    const lines = rows.map(c => {
      const name = zh ? c.name.zh : c.name.en
      const sizes = zh ? `计划 ${c.planned}，对照 ${c.control}` : `${c.planned} planned, ${c.control} control`
      const verdict = c.result ? `  ${zh ? c.result.verdict.zh : c.result.verdict.en}` : ''
      return `${c.campaignId}  ${c.asOf}  ${c.state}  ${name}  ${sizes}${verdict}`
    })
    return { json: { rows }, text: lines.join('\n') }
  },
}

export const commands: Command[] = [campaigns]
