/** What is not settled with a customer: cases, threads, disputes. Whoever keeps such things adds a line. */
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { openCasesOf } from '../cases/open-cases-of.ts'
import { openThreadsOf } from '../inbox/open-threads-of.ts'

export interface OpenMatter {
  /** Of the page that shows it: `/cases/17`. */
  path: string
  title: Text
  since: string
  /** What the agent has to know before speaking. */
  note: string
}

/** `former`: numbers that went into the customer's. */
export type OpenMatters = (app: App, customerId: number, former: readonly number[]) => Promise<OpenMatter[]>

export const openMatters: readonly OpenMatters[] = [openThreadsOf, openCasesOf]
