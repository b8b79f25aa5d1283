import { contactPolicy } from '../../optimize/index.ts'
import type { App } from '../../platform/app.ts'
import { keptFor } from '../tasks/kept-for.ts'
import { SETTLED_BY } from './lately.ts'

/** The contact policy says which events settle a complaint. */
export const settledBy = keptFor(5000, (app: App) =>
  contactPolicy(app).then(
    policy => policy.complaints?.resolved_by ?? SETTLED_BY,
    () => SETTLED_BY,
  ),
)
