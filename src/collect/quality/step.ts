import type { StepContext } from '../../platform/app.ts'
import { measureDecay } from '../decay/measure.ts'
import { checkQuality } from './check.ts'

/** The turn's step: every rule over every record, and how fast values go wrong. */
export async function qualityStep(ctx: StepContext): Promise<{ checked: number; failed: number }> {
  ctx.progress(0, 2, 'rules')
  const figures = await checkQuality(ctx)
  ctx.progress(1, 2, 'decay')
  await measureDecay(ctx.app, ctx.turn.asOf)
  ctx.progress(2, 2)
  return figures
}
