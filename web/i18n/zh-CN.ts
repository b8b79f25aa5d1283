import type { en } from './en.ts'
import { alarms } from './zh-CN/alarms.ts'
import { analyze } from './zh-CN/analyze.ts'
import { archive } from './zh-CN/archive.ts'
import { campaign } from './zh-CN/campaign.ts'
import { cases } from './zh-CN/cases.ts'
import { collect } from './zh-CN/collect.ts'
import { content } from './zh-CN/content.ts'
import { delivery } from './zh-CN/delivery.ts'
import { desk } from './zh-CN/desk.ts'
import { editor } from './zh-CN/editor.ts'
import { features } from './zh-CN/features.ts'
import { givingBack } from './zh-CN/giving-back.ts'
import { identity } from './zh-CN/identity.ts'
import { inbox } from './zh-CN/inbox.ts'
import { interact } from './zh-CN/interact.ts'
import { kinds } from './zh-CN/kinds.ts'
import { kiosks } from './zh-CN/kiosks.ts'
import { learning } from './zh-CN/learning.ts'
import { letters } from './zh-CN/letters.ts'
import { loop } from './zh-CN/loop.ts'
import { models } from './zh-CN/models.ts'
import { optimize } from './zh-CN/optimize.ts'
import { personalize } from './zh-CN/personalize.ts'
import { planning } from './zh-CN/planning.ts'
import { planningLimits } from './zh-CN/planning-limits.ts'
import { printRuns } from './zh-CN/print-runs.ts'
import { products } from './zh-CN/products.ts'
import { proofs } from './zh-CN/proofs.ts'
import { quality } from './zh-CN/quality.ts'
import { rights } from './zh-CN/rights.ts'
import { segmentRules } from './zh-CN/segment-rules.ts'
import { sevenP } from './zh-CN/seven-p.ts'
import { shell } from './zh-CN/shell.ts'
import { sources } from './zh-CN/sources.ts'
import { surveys } from './zh-CN/surveys.ts'
import { takeBack } from './zh-CN/take-back.ts'
import { team } from './zh-CN/team.ts'
import { terms } from './zh-CN/terms.ts'
import { themes } from './zh-CN/themes.ts'
import { worth } from './zh-CN/worth.ts'

/** A message that is missing here, or that English does not have, does not compile. */
export const zhCN: Record<keyof typeof en, string> = {
  ...shell,
  ...terms,
  ...loop,
  ...learning,
  ...collect,
  ...identity,
  ...sources,
  ...givingBack,
  ...delivery,
  ...analyze,
  ...features,
  ...alarms,
  ...models,
  ...segmentRules,
  ...sevenP,
  ...worth,
  ...cases,
  ...inbox,
  ...takeBack,
  ...surveys,
  ...team,
  ...themes,
  ...printRuns,
  ...products,
  ...optimize,
  ...planning,
  ...planningLimits,
  ...campaign,
  ...personalize,
  ...content,
  ...editor,
  ...kinds,
  ...kiosks,
  ...archive,
  ...letters,
  ...proofs,
  ...quality,
  ...interact,
  ...desk,
  ...rights,
}
