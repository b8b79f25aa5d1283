import type { en } from './en.ts'
import { analyze } from './zh-CN/analyze.ts'
import { campaign } from './zh-CN/campaign.ts'
import { collect } from './zh-CN/collect.ts'
import { givingBack } from './zh-CN/giving-back.ts'
import { identity } from './zh-CN/identity.ts'
import { interact } from './zh-CN/interact.ts'
import { loop } from './zh-CN/loop.ts'
import { optimize } from './zh-CN/optimize.ts'
import { personalize } from './zh-CN/personalize.ts'
import { planning } from './zh-CN/planning.ts'
import { planningLimits } from './zh-CN/planning-limits.ts'
import { products } from './zh-CN/products.ts'
import { quality } from './zh-CN/quality.ts'
import { rights } from './zh-CN/rights.ts'
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
  ...analyze,
  ...sevenP,
  ...worth,
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
