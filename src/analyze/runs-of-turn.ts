import type { App } from '../platform/app.ts'
import { errors } from './errors.ts'

/** The runs of the newest turn whose customers have been segmented: all pages of this stage show one and the same turn. */
export interface TurnRuns {
  asOf: string
  identity: number
  features: number
  models: number
  segments: number
}

export async function runsOfTurn(app: App): Promise<TurnRuns> {
  const segments = await app.runs.latest('segments')
  if (segments === null) throw errors['analyze.nothing-yet']()
  const { id, asOf } = await app.runs.turnOf(segments)
  const [identity, features, models] = await Promise.all([
    app.runs.of(id, 'identity'),
    app.runs.of(id, 'features'),
    app.runs.of(id, 'models'),
  ])
  return { asOf, identity, features, models, segments }
}
