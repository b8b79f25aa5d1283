import { alarms } from './en/alarms.ts'
import { analyze } from './en/analyze.ts'
import { archive } from './en/archive.ts'
import { campaign } from './en/campaign.ts'
import { cases } from './en/cases.ts'
import { collect } from './en/collect.ts'
import { content } from './en/content.ts'
import { delivery } from './en/delivery.ts'
import { desk } from './en/desk.ts'
import { editor } from './en/editor.ts'
import { features } from './en/features.ts'
import { givingBack } from './en/giving-back.ts'
import { identity } from './en/identity.ts'
import { inbox } from './en/inbox.ts'
import { interact } from './en/interact.ts'
import { kinds } from './en/kinds.ts'
import { kiosks } from './en/kiosks.ts'
import { learning } from './en/learning.ts'
import { letters } from './en/letters.ts'
import { loop } from './en/loop.ts'
import { models } from './en/models.ts'
import { optimize } from './en/optimize.ts'
import { personalize } from './en/personalize.ts'
import { planning } from './en/planning.ts'
import { planningLimits } from './en/planning-limits.ts'
import { printRuns } from './en/print-runs.ts'
import { products } from './en/products.ts'
import { proofs } from './en/proofs.ts'
import { quality } from './en/quality.ts'
import { rights } from './en/rights.ts'
import { segmentRules } from './en/segment-rules.ts'
import { sevenP } from './en/seven-p.ts'
import { shell } from './en/shell.ts'
import { sources } from './en/sources.ts'
import { surveys } from './en/surveys.ts'
import { takeBack } from './en/take-back.ts'
import { team } from './en/team.ts'
import { terms } from './en/terms.ts'
import { themes } from './en/themes.ts'
import { worth } from './en/worth.ts'

/** Every message of the web app; its keys are the ids that pages may use. ICU MessageFormat. */
export const en = {
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
