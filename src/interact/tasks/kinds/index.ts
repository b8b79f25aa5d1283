/** Where calls come from, one line each. */
import { alarm } from './alarm.ts'
import { callback, opportunity } from './asked-for.ts'
import { campaign } from './campaign.ts'
import { aboutCase } from './case.ts'
import { inbound } from './inbound.ts'
import type { TaskKind } from './kind.ts'
import { verification } from './verification.ts'

export const kinds: readonly TaskKind[] = [inbound, callback, aboutCase, campaign, opportunity, alarm, verification]

const byId = new Map(kinds.map(kind => [kind.id, kind]))

/** Rows of a kind that is not there any more are worked like campaigns' calls. */
export const kindOf = (id: string): TaskKind => byId.get(id) ?? campaign
