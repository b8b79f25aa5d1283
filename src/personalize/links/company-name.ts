import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { liveTemplates } from '../template-store.ts'

/** Who writes: the company's name as its live templates have it. */
export async function companyName(app: Pick<App, 'workflow'>): Promise<Text> {
  const [first] = await liveTemplates(app)
  return first?.content.brand.name ?? { en: '', zh: '' }
}
