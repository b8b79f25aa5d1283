import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { liveTemplates } from '../template-store.ts'

/** Who writes: the company's name as its live templates have it. */
export async function companyName(app: Pick<App, 'workflow'>): Promise<Text> {
  const [first] = await liveTemplates(app)
  return first?.content.brand.name ?? { en: '', zh: '' }
}

/** From whom mail comes that is no part of a turn, and where an answer to it goes: as the live templates have it; null: there are none. */
export async function mailSender(
  app: Pick<App, 'workflow'>,
): Promise<{ name: Text; address: string; replyTo: string } | null> {
  const [first] = await liveTemplates(app)
  if (!first) return null
  const { name, mailDomain, email } = first.content.brand
  return { name, address: `service@${mailDomain}`, replyTo: email }
}
