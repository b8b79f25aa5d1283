import type { en } from './en.ts'
import { alarms } from './zh-CN/alarms.ts'
import { analyze } from './zh-CN/analyze.ts'
import { campaign } from './zh-CN/campaign.ts'
import { collect } from './zh-CN/collect.ts'
import { delivery } from './zh-CN/delivery.ts'
import { features } from './zh-CN/features.ts'
import { givingBack } from './zh-CN/giving-back.ts'
import { identity } from './zh-CN/identity.ts'
import { interact } from './zh-CN/interact.ts'
import { loop } from './zh-CN/loop.ts'
import { models } from './zh-CN/models.ts'
import { optimize } from './zh-CN/optimize.ts'
import { personalize } from './zh-CN/personalize.ts'
import { planning } from './zh-CN/planning.ts'
import { planningLimits } from './zh-CN/planning-limits.ts'
import { printRuns } from './zh-CN/print-runs.ts'
import { products } from './zh-CN/products.ts'
import { quality } from './zh-CN/quality.ts'
import { rights } from './zh-CN/rights.ts'
import { segmentRules } from './zh-CN/segment-rules.ts'
import { sevenP } from './zh-CN/seven-p.ts'
import { shell } from './zh-CN/shell.ts'
import { sources } from './zh-CN/sources.ts'
import { terms } from './zh-CN/terms.ts'
import { worth } from './zh-CN/worth.ts'

/** A message that is missing here, or that English does not have, does not compile. */
export const zhCN: Record<keyof typeof en, string> = {
  ...shell,
  ...terms,
  ...loop,
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
  ...printRuns,
  ...products,
  ...optimize,
  ...planning,
  ...planningLimits,
  ...campaign,
  ...personalize,
  ...quality,
  ...interact,
  ...rights,
}
