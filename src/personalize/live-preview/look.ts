import { checkData, type Data } from '../compose/check-data.ts'
import { composeMessage } from '../compose/compose-message.ts'
import { type Held, held, type Outcome } from '../compose/outcome.ts'
import { layOut } from '../compose/print.ts'
import type { Script } from '../compose/script.ts'
import { smsSize } from '../compose/segments.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { preview } from '../preview.ts'
import { svgPages } from '../proofs/picture/svg-pages.ts'

/** A message as it is looked at while it is written: pages as drawings, which are sharp at any size and need no PDF viewer. */
export type Look =
  | (Held & { pages?: undefined })
  | {
      state: 'composed'
      subject: string
      pages?: string[]
      pageCount?: number
      html?: string
      text?: string
      script?: Script
      sms?: ReturnType<typeof smsSize>
    }

/** Whoever writes looks at the beginning; the rest of a statement of 60 pages is in the proofs. */
const MOST_PAGES = 6

/** In a composing thread: by the very composer that will write to customers; a printed document is laid out and drawn. */
export async function look(version: TemplateVersion, data: Data): Promise<Look> {
  if (version.manifest.channel === 'print') return lookAtPages(version, data)
  const outcome = await composeMessage(version, data)
  return outcome.state === 'held' ? outcome : lookAtMessage(version, outcome)
}

function lookAtPages(version: TemplateVersion, data: Data): Look {
  const checked = checkData(version, data)
  if ('state' in checked) return checked
  try {
    const laid = layOut(version, checked.data)
    if ('state' in laid) return laid
    const pages = svgPages(laid.typst.plainSvg(laid.document))
    return {
      state: 'composed',
      subject: laid.view.t['title'] ?? '',
      pages: pages.slice(0, MOST_PAGES).map(({ svg }) => svg),
      pageCount: pages.length,
    }
  } catch (error) {
    return held('template-failed', error instanceof Error ? error.message : String(error))
  }
}

async function lookAtMessage(
  { manifest }: TemplateVersion,
  { bytes, mediaType, subject }: Extract<Outcome, { state: 'composed' }>,
): Promise<Look> {
  const plain = () => Buffer.from(bytes).toString('utf8')
  switch (manifest.channel) {
    case 'email':
      return { state: 'composed', subject, html: Buffer.from((await preview(bytes, mediaType)).bytes).toString('utf8') }
    case 'portal':
    case 'kiosk':
      return { state: 'composed', subject, html: plain() }
    case 'sms':
      return { state: 'composed', subject, text: plain(), sms: smsSize(plain()) }
    default:
      return { state: 'composed', subject, script: JSON.parse(plain()) as Script }
  }
}
