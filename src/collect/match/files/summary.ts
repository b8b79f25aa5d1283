import { aspectFigures } from '../index.ts'
import type { Role } from '../roles.ts'
import type { FileMatch } from './match-files.ts'

export interface MatchSummary {
  mode: 'dedupe' | 'link-only'
  files: {
    file: string
    source: string
    records: number
    rejected: number
    columns: { column: string; role: Role }[]
  }[]
  records: number
  rejected: number
  /** The first rows left out, with the reason. */
  problems: { file: string; line: number; column: string; rule: string }[]
  pairsCompared: number
  entities: number
  /** Entities of two records or more, and the records in them. */
  matchedEntities: number
  matchedRecords: number
  largestEntity: number
  /** Pairs that belong together but were never compared, estimated. */
  estimatedMissedPairs: number
  threshold: number
  expectedF1: number
  /** Groups cut because their ends contradict each other. */
  cut: number
  linkedPairs?: number
  rules: { rule: string; pairs: number }[]
  /** Agreement probabilities by aspect: m among one person's records, u among strangers', by level. */
  aspects: { aspect: string; levels: { level: string; m: number; u: number }[] }[]
  seconds: number
}

const SHOWN = 20

export function summaryOf(match: FileMatch, linkOnly: boolean, seconds: number, linkedPairs?: number): MatchSummary {
  const { tables, table, result, rejected } = match
  const sizes = new Map<number, number>()
  for (const of of result.entity) sizes.set(of, (sizes.get(of) ?? 0) + 1)
  const shared = [...sizes.values()].filter(size => size > 1)
  return {
    mode: linkOnly ? 'link-only' : 'dedupe',
    files: tables.map((one, t) => ({
      file: one.path,
      source: one.source,
      records: one.lines.length,
      rejected: one.rejected.length,
      columns: table.recognised[t]!.columns,
    })),
    records: table.records,
    rejected: rejected.length,
    problems: rejected.slice(0, SHOWN),
    pairsCompared: result.pairsCompared,
    entities: result.entities,
    matchedEntities: shared.length,
    matchedRecords: shared.reduce((sum, size) => sum + size, 0),
    largestEntity: shared.reduce((most, size) => Math.max(most, size), table.records > 0 ? 1 : 0),
    estimatedMissedPairs: result.missedPairs,
    threshold: result.threshold,
    expectedF1: result.expectedF1,
    cut: result.cut,
    ...(linkedPairs === undefined ? {} : { linkedPairs }),
    rules: result.rules.map(({ id, pairs }) => ({ rule: id, pairs })),
    aspects: aspectFigures(result.model),
    seconds: Math.round(seconds * 1000) / 1000,
  }
}

const REJECTED: Record<string, [en: string, zh: string]> = {
  columns: ['has not as many cells as the header', '的单元格数与表头不符'],
  quote: ['has a quote that is never closed', '的引号没有闭合'],
  nul: ['holds a NUL byte', '含有 NUL 字节'],
  'too-long': ['is too long', '过长'],
  json: ['is no JSON object', '不是 JSON 对象'],
}

export function inWords(summary: MatchSummary, lang: 'en' | 'zh-CN'): string {
  const zh = lang === 'zh-CN'
  const n = (value: number): string => value.toLocaleString('en-US')
  const lines = summary.files.map(({ file, columns, records }) => {
    const used = columns.filter(({ role }) => role !== 'ignore').map(({ column, role }) => `${column} = ${role}`)
    return zh
      ? `${file}：${n(records)} 条记录；${used.join('，')}`
      : `${file}: ${n(records)} records; ${used.join(', ')}`
  })
  for (const { file, line, rule } of summary.problems) {
    const [en, cn] = REJECTED[rule] ?? [rule, rule]
    lines.push(zh ? `${file} 第 ${line} 行${cn}，未参与匹配` : `${file}, line ${line} ${en}: left out`)
  }
  if (summary.rejected > summary.problems.length)
    lines.push(zh ? `共 ${n(summary.rejected)} 行未参与匹配` : `${n(summary.rejected)} rows left out in all`)
  const p = summary.threshold.toFixed(3)
  const f1 = summary.expectedF1.toFixed(3)
  lines.push(
    zh
      ? `${n(summary.records)} 条记录，${n(summary.entities)} 个实体（其中 ${n(summary.matchedEntities)} 个含多条记录）；比较 ${n(summary.pairsCompared)} 对，估计漏掉 ${n(summary.estimatedMissedPairs)} 对；阈值 ${p}，预期 F1 ${f1}；${summary.seconds} 秒`
      : `${n(summary.records)} records, ${n(summary.entities)} entities (${n(summary.matchedEntities)} of several records); ${n(summary.pairsCompared)} pairs compared, an estimated ${n(summary.estimatedMissedPairs)} missed; threshold ${p}, expected F1 ${f1}; ${summary.seconds} s`,
  )
  return lines.join('\n')
}
