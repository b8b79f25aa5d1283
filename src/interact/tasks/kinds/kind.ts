import type { z } from 'zod'
import type { App } from '../../../platform/app.ts'
import type { Text } from '../../../platform/text.ts'
import type { taskDetail } from '../../api.ts'
import type { Task } from '../task-table.ts'

export type DeskScript = z.output<typeof taskDetail>['script']

export interface Ended {
  outcome: string
  answers: Record<string, string>
  fields: Record<string, string>
  /** The value we had was said to be right. */
  confirmed: boolean
  /** The events that say so. */
  eventId: string
  answerEventId: string
}

/**
 * Where calls come from: one file each, and one line in `index.ts`. Tasks of a kind carry its id in the column `kind`; whoever has
 * calls to make hands them to `openTasks`, at once or when `bring` asks.
 */
export interface TaskKind {
  id: string
  name: Text
  /** How the contact policy looks at the call: an offer needs consent and room, service does not. */
  contact: 'offer' | 'service'
  /** The customer asked for this call: hours, wishes and policy do not hold it back. */
  askedFor?: true
  /** Takes up what was asked for since, and stops what is not wanted any more. Called every few seconds at most. */
  bring?(app: App): Promise<void>
  /** What the call is about, by task id. */
  titles(app: App, tasks: readonly Task[]): Promise<Map<string, Text>>
  /** `ahead`: as `scripts` said it, and nothing changed since. */
  script(app: App, task: Task, ahead?: DeskScript): Promise<DeskScript>
  /** Of several at once, before their turn; those that are left out are asked for one by one. */
  scripts?(app: App, tasks: readonly Task[]): Promise<Map<string, DeskScript>>
  /** What the call told of the customer; default: the fields as they were typed. */
  told?(
    app: App,
    task: Task,
    said: { outcome: string; answers: Record<string, string>; fields: Record<string, string> },
  ): Promise<{ fields: Record<string, string>; confirmed: boolean }>
  /** After a call that is not made again. May run twice. */
  settle?(app: App, task: Task, ended: Ended): Promise<void>
  /** Takes `settle` back; done twice it is done once. */
  reopen?(app: App, task: Task, eventId: string): Promise<unknown>
  /** False: somebody asked anew since. Default: always. */
  mayReopen?(app: App, task: Task): Promise<boolean>
}
