import type { StoredVersion } from '../template-store.ts'
import type { Kind } from './kind.ts'

/** A way can be gone when its template is live. */
export const openWays = (kind: Kind, live: readonly StoredVersion[]): Kind => {
  const open = kind.ways.filter(({ channel, template }) =>
    live.some(({ content }) => content.id === template && content.manifest.channel === channel),
  )
  // Without any, composing says which template is missing.
  return { ...kind, ways: open.length > 0 ? open : kind.ways }
}
