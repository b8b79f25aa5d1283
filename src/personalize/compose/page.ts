import { sha256Of } from '../../platform/sha256.ts'
import { withDataPictures } from '../assets/mail-pictures.ts'
import { mailChoices, slotContents } from '../slots/slot-contents.ts'
import type { Data } from './check-data.ts'
import { fillIn } from './liquid.ts'
import type { Outcome } from './outcome.ts'
import type { TemplateVersion } from './template.ts'
import { viewOf } from './texts.ts'

/**
 * A message of the portal or a kiosk: one HTML page without scripts that loads nothing, shown in a sandbox. `page.html`, or what a
 * design became, filled by Liquid; everything printed is escaped.
 */
export function composePage(version: TemplateVersion, data: Data): Outcome {
  const view = viewOf(version, data)
  // A design's page is written as MJML, as its mail is.
  const designed = version.compiled['body.html']
  const file = designed === undefined ? 'page.html' : 'body.mjml'
  const source = designed ?? version.files[file] ?? ''
  const page = fillIn('html', source, view, { file, written: version.files[file] ?? '' })
  const bytes = Buffer.from(withDataPictures(page, version))
  return {
    state: 'composed',
    bytes,
    mediaType: 'text/html; charset=utf-8',
    extension: 'html',
    sha256: sha256Of(bytes),
    pages: 0,
    segments: 0,
    subject: view.t['subject'] ?? view.t['title'] ?? '',
    slots: mailChoices(slotContents(version, view)),
  }
}
