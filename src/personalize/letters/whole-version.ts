import type { App } from '../../platform/app.ts'
import type { Data } from '../compose/check-data.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { carriedIn, withDocument } from '../kinds/with-document.ts'
import { withEnclosures } from './enclosures.ts'

/** A stored version with what its message's data say goes along: the document an e-mail carries, the pages a letter encloses. */
export async function wholeVersion(
  app: Pick<App, 'config' | 'workflow'>,
  content: TemplateVersion,
  data: Data,
): Promise<TemplateVersion> {
  const joined = await withDocument(app, content, carriedIn(data))
  if (!joined.document) return withEnclosures(app, joined, data)
  const document = await withEnclosures(app, joined.document, data)
  return document === joined.document ? joined : { ...joined, document, hash: `${joined.hash}+${document.hash}` }
}
