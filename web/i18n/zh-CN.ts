import type { en } from './en.ts'
import { analyze } from './zh-CN/analyze.ts'
import { campaign } from './zh-CN/campaign.ts'
import { collect } from './zh-CN/collect.ts'
import { interact } from './zh-CN/interact.ts'
import { loop } from './zh-CN/loop.ts'
import { optimize } from './zh-CN/optimize.ts'
import { personalize } from './zh-CN/personalize.ts'
import { shell } from './zh-CN/shell.ts'
import { terms } from './zh-CN/terms.ts'

/** A message that is missing here, or that English does not have, does not compile. */
export const zhCN: Record<keyof typeof en, string> = {
  ...shell,
  ...terms,
  ...loop,
  ...collect,
  ...analyze,
  ...optimize,
  ...campaign,
  ...personalize,
  ...interact,
}
