import type { App } from '../platform/app.ts'
import { composers } from './composers.ts'
import { errors } from './errors.ts'
import { liveTemplates } from './template-store.ts'

/** The live template's own example for a channel, addressed to somebody of ours: for test and seed messages, with no customer's data. */
export async function composeExample(
  app: App,
  channel: 'email' | 'sms',
  to: string,
  language: string,
): Promise<Uint8Array> {
  const live = (await liveTemplates(app)).find(({ content }) => content.manifest.channel === channel)
  if (!live) throw errors['personalize.no-template']({ kind: channel })
  const { examples } = live.content
  const example = examples.find(one => one['language'] === language) ?? examples[0] ?? {}
  const person = example['to'] as Record<string, unknown>
  const addressed = channel === 'email' ? { ...person, email: to } : { ...person, mobile: to }
  const [outcome] = await composers(app).compose(live.content, [{ ...example, to: addressed }])
  if (outcome?.state === 'composed') return outcome.bytes
  throw errors['personalize.held-back']({ id: live.content.id, reason: outcome?.detail ?? '' })
}
