import { dueWaves } from '../../campaign/index.ts'
import type { Command } from '../../platform/app.ts'
import { errors } from '../errors.ts'
import { carryOutWave } from './carry-out.ts'

/** `huiyin waves`: sends what is due by a day, also of turns that are played again. */
export const wavesCommand: Command = {
  name: 'waves',
  summary: {
    en: 'send the waves of running campaigns that are due by a day',
    zh: '发送执行中活动在指定日期前到期的波次',
  },
  options: [['--until <date>', 'day by which they are due, today when not said']],
  async run({ app, options, progress, lang }) {
    const until = String(options['until'] ?? new Date().toISOString().slice(0, 10))
    if (!/^\d{4}-\d{2}-\d{2}$/.test(until) || Number.isNaN(Date.parse(until)))
      throw errors['interact.bad-day']({ day: until })
    await app!.runs.refuseWhileRunning()
    const due = await dueWaves(app!, until)
    const rows = []
    for (const [i, wave] of due.entries()) {
      const figures = await carryOutWave(app!, wave, wave.replayed ? wave.date : until)
      rows.push({ campaign: wave.campaignId, wave: wave.wave, date: wave.date, ...figures })
      progress(i + 1, due.length)
    }
    const zh = lang === 'zh-CN'
    const none = zh ? '没有到期的波次。' : 'No wave is due.'
    const lines = rows.map(row =>
      zh
        ? `活动 ${row.campaign} 第 ${row.wave} 波（${row.date}）：${JSON.stringify(row)}`
        : `campaign ${row.campaign}, wave ${row.wave} (${row.date}): ${JSON.stringify(row)}`,
    )
    return { json: { rows }, text: rows.length === 0 ? none : lines.join('\n') }
  },
}
