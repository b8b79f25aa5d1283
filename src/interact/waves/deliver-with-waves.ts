import type { Step } from '../../platform/app.ts'
import { deliverStep } from '../deliver-step.ts'
import { carryOutEarlier, ownWavesDone } from './carry-out.ts'
import { keepWatch } from './jobs.ts'

/** A turn delivers what earlier campaigns owe by its date, then what it composed itself. */
export const deliverWithWaves: Step = {
  ...deliverStep,
  async run(ctx) {
    await carryOutEarlier(ctx.app, ctx.turn)
    const figures = await deliverStep.run(ctx)
    await ownWavesDone(ctx.app, ctx.turn)
    await keepWatch(ctx.app)
    return figures
  },
}
