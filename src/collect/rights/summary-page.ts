/** The page that goes with an export: what is kept of the person, in the person's language, without scripts or anything from outside. */
import type { Lang } from '../../platform/errors.ts'
import { type Text, textIn } from '../../platform/text.ts'
import { COLUMN_NAMES } from './column-names.ts'
import type { ExportedTable } from './export-person.ts'

interface Summary {
  customer: number
  name: string
  language: Lang
  tables: readonly ExportedTable[]
  documents: readonly string[]
}

/** Rows shown of a table; all of them stand in the CSV file beside. */
const SHOWN = 50

const STAGES: Record<string, Text> = {
  collect: { en: 'What we know of you', zh: '我们掌握的信息' },
  analyze: { en: 'What we conclude', zh: '我们的分析' },
  optimize: { en: 'What we plan', zh: '我们的计划' },
  campaign: { en: 'Campaigns', zh: '活动' },
  personalize: { en: 'What we sent you', zh: '我们发送的内容' },
  interact: { en: 'How we reached you', zh: '我们的联系记录' },
  platform: { en: 'Who looked', zh: '访问记录' },
}

const TEXTS = {
  title: { en: 'Your data', zh: '您的个人信息' },
  lead: {
    en: 'This is everything we keep about you. The file data.json and the folder csv hold the same for machines; the folder documents holds what we sent you, exactly as sent.',
    zh: '以下是我们保存的与您有关的全部信息。data.json 与 csv 文件夹为机器可读格式；documents 文件夹为我们发送给您的内容原件。',
  },
  rights: {
    en: 'You may have wrong data put right, take consent back, object, and have your data erased. Tell us by any channel; we answer within a month.',
    zh: '您有权更正错误信息、撤回同意、提出反对，并要求删除您的信息。您可通过任何渠道告知我们，我们将在一个月内答复。',
  },
  number: { en: 'Customer number', zh: '客户编号' },
  documents: { en: 'Documents', zh: '文件' },
  more: { en: 'more in the CSV file', zh: '条，完整内容见 CSV 文件' },
} satisfies Record<string, Text>

const escaped = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

const shown = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return ''
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(shown).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const STYLE = `body{font:16px/1.6 system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:960px;margin:2rem auto;padding:0 1rem;color:#1c2430}
h1{font-size:1.6rem}h2{margin-top:2.4rem;border-bottom:1px solid #d8dde6}h3{margin-bottom:.4rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.875rem}th,td{border:1px solid #d8dde6;padding:.3rem .6rem;text-align:left;vertical-align:top}
th{background:#f3f5f8}.soft{color:#5a6475}`

export function summaryPage({ customer, name, language, tables, documents }: Summary): string {
  const t = (text: Text): string => escaped(textIn(text, language))
  const stages = [...new Set(tables.map(({ stage }) => stage))]
  const section = (stage: string): string =>
    `<h2>${t(STAGES[stage] ?? { en: stage, zh: stage })}</h2>${tables
      .filter(table => table.stage === stage)
      .map(table => tableOf(table, language))
      .join('')}`
  const files = documents.map(file => `<li><a href="${encodeURI(file)}">${escaped(file)}</a></li>`).join('')
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${t(TEXTS.title)}</title><style>${STYLE}</style></head><body>
<h1>${t(TEXTS.title)}: ${escaped(name)}</h1><p class="soft">${t(TEXTS.number)} ${customer}</p>
<p>${t(TEXTS.lead)}</p><p>${t(TEXTS.rights)}</p>
${stages.map(section).join('\n')}
${documents.length > 0 ? `<h2>${t(TEXTS.documents)}</h2><ul>${files}</ul>` : ''}
</body></html>`
}

function tableOf({ title, rows, stage, name }: ExportedTable, language: Lang): string {
  const columns = Object.keys(rows[0] ?? {}).filter(
    column => column in COLUMN_NAMES && rows.some(row => shown(row[column]) !== ''),
  )
  const heading = `<h3>${escaped(textIn(title, language))} <span class="soft">(${rows.length})</span></h3>`
  if (columns.length === 0) return `${heading}<p class="soft">csv/${stage}-${name}.csv</p>`
  const head = columns.map(column => `<th>${escaped(textIn(COLUMN_NAMES[column]!, language))}</th>`).join('')
  const body = rows
    .slice(0, SHOWN)
    .map(row => `<tr>${columns.map(column => `<td>${escaped(shown(row[column]))}</td>`).join('')}</tr>`)
    .join('')
  const more =
    rows.length > SHOWN ? `<p class="soft">${rows.length - SHOWN} ${escaped(textIn(TEXTS.more, language))}</p>` : ''
  return `${heading}<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>${more}`
}
