import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { HuiyinError } from '../../platform/errors.ts'
import type { Data } from '../compose/check-data.ts'
import { holdReasons } from '../compose/outcome.ts'
import type { MessageChannel, TemplateVersion } from '../compose/template.ts'
import { composers } from '../composers.ts'
import { fragmentsOn } from '../fragments/fragment-store.ts'
import type { Kind } from '../kinds/kind.ts'
import { kinds } from '../kinds/kind-store.ts'
import { liveTemplates } from '../template-store.ts'
import { buildVersion } from '../templates/build-version.ts'
import { problemsOfTemplate } from '../templates/check-source.ts'
import type { TemplateDraftSource } from '../templates/source.ts'
import type { previewAnswer, previewBody, previewShown } from './api.ts'
import type { Look } from './look.ts'
import { previewData } from './preview-data.ts'
import { type PlacedProblem, problemOfDetail, problemOfError } from './problem-of.ts'

type Wish = z.infer<typeof previewBody>
type Answer = z.infer<typeof previewAnswer>
type Shown = z.infer<typeof previewShown>

/** A version to be looked at, and why it is among them. */
interface Sight {
  version: TemplateVersion
  basis: Shown['basis']
}

/** What is being written, for one customer or example, in its own channel and the others of its kind. Nothing is stored. */
export async function previewTemplate(
  app: App,
  wish: Wish,
  mayContact: boolean,
  wanted: () => boolean = () => true,
): Promise<Answer> {
  const fragments = await fragmentsOn(app)
  const problems: PlacedProblem[] = await problemsOfTemplate(app, wish.source, fragments)
  const own = await built(() => buildVersion({ id: wish.id, ...wish.source }, fragments), problems)
  const others = wish.of === 'family' ? await family(app, wish, own !== null) : []
  const siblings = await Promise.all(
    others.map(async ({ source, live, channel }): Promise<Sight | null> => {
      if (live) return { version: live, basis: 'live' }
      const version = await built(() => buildVersion({ id: `${wish.id}-${channel}`, ...source }, fragments), [])
      return version && { version, basis: 'same' }
    }),
  )
  const mine: Sight | null = own && { version: own, basis: 'own' }
  const sights = (wish.of === 'own' ? [mine] : siblings).filter(sight => sight !== null)
  const whose = own ?? sights[0]?.version
  if (!whose) return { problems, shown: [], masked: false }
  const { data, masked } = await previewData(app, whose, wish, mayContact)
  const shown: Shown[] = []
  for (const sight of sights) if (wanted()) shown.push(await shownOf(app, sight, data))
  for (const { basis, state, reason, detail } of shown)
    if (basis === 'own' && state === 'held' && reason) problems.push(problemOfDetail(reason, detail))
  return { problems, shown, masked }
}

/** A fault of what is written is an answer, and no failure. */
async function built(make: () => Promise<TemplateVersion>, problems: PlacedProblem[]): Promise<TemplateVersion | null> {
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof HuiyinError) || error.status >= 500) throw error
    problems.push(problemOfError(error))
    return null
  }
}

interface Other {
  channel: MessageChannel
  /** The sibling as it is live. */
  live: TemplateVersion | undefined
  /** Without one: this design for that channel. */
  source: TemplateDraftSource
}

async function family(app: App, { id, source }: Wish, isWhole: boolean): Promise<Other[]> {
  const [all, live] = await Promise.all([kinds(app), liveTemplates(app)])
  const ways = waysOf(all, id, source)
  const { design, manifest } = source
  return channelsOf(ways, design !== undefined && isWhole)
    .filter(channel => channel !== manifest.channel)
    .flatMap((channel): Other[] => {
      const template = ways.find(way => way.channel === channel)?.template
      const sibling = live.find(each => each.content.id === template)?.content
      if (!sibling && !(design && isWhole)) return []
      return [{ channel, live: sibling, source: { ...source, manifest: { ...manifest, channel } } }]
    })
}

/** The ways of the kind the template belongs to: by name, else by its manifest. */
const waysOf = (all: readonly Kind[], id: string, { manifest }: TemplateDraftSource): Kind['ways'] =>
  (
    all.find(({ ways }) => ways.some(({ template }) => template === id)) ??
    all.find(({ code }) => code === manifest.kind)
  )?.ways ?? []

/** A design can be shown anywhere; an expert's files only where the kind has a template. */
const EVERYWHERE: readonly MessageChannel[] = ['print', 'email', 'sms', 'portal']
const channelsOf = (ways: Kind['ways'], everywhere: boolean): MessageChannel[] => [
  ...new Set([...ways.map(({ channel }) => channel), ...(everywhere ? EVERYWHERE : [])]),
]

async function shownOf(app: App, { version, basis }: Sight, data: Data): Promise<Shown> {
  const common = { channel: version.manifest.channel, template: version.id, basis }
  const whole = basis === 'own' ? data : { ...reachable, ...data, to: { ...reachable.to, ...(data['to'] as object) } }
  const look: Look = await composers(app).study({ kind: 'look', version, data: whole })
  if (look.state === 'held')
    return { ...common, state: 'held', reason: holdReasons[look.reason], detail: look.detail, subject: '' }
  return { ...common, reason: null, detail: '', ...look }
}

/** Data of one channel have no address of another: the sibling is shown to somebody who can be reached there. */
const reachable = {
  currency: 'CNY',
  to: {
    name: '',
    salutation: '',
    address: ['—'],
    postcode: '',
    email: 'preview@mail.example',
    mobile: '+8613800000000',
    phone: '+8613800000000',
  },
}
