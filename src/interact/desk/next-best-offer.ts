/** The offer the plan has for this customer, why, and whether it may be made in this talk. */
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { offersNow } from '../tasks/offers-now.ts'
import type { Picture } from './api.ts'
import type { Happened } from './lately.ts'
import type { Planned } from './look.ts'
import { objectionsTo } from './objections.ts'

/** Who said no is not asked again by the same offer for half a year. */
const NO_HOLDS_MS = 183 * 86_400_000

type Offered = NonNullable<Picture['offer']>

export async function nextBestOffer(
  app: App,
  planned: readonly Planned[],
  happened: readonly Happened[],
  complaintOpen: boolean,
): Promise<Picture['offer']> {
  const known = await offersNow(app)
  const [best] = planned
  if (!best) return none({ en: 'The plan has nothing for this customer now.', zh: '方案目前没有适合该客户的优惠。' })
  if (best.control === 1)
    return none({
      en: 'In the control group: nothing is offered, so that we learn what offers are worth.',
      zh: '该客户在对照组，不主动提供优惠，用于衡量优惠的真实效果。',
    })
  const offer = known.find(one => one.id === best.offer)
  if (!offer) return null
  const before = answerTo(best.offer, happened)
  const mayNot = complaintOpen ? complained : before === 'refused' ? saidNo : before === 'accepted' ? saidYes : null
  return {
    offer: offer.id,
    name: offer.name,
    text: offer.text,
    benefit: offer.benefit,
    channel: best.channel,
    why: {
      en: `Of customers like this about ${tenths(best.acceptance)} in a hundred take it; of all offers it is worth most here.`,
      zh: `类似客户约有 ${tenths(best.acceptance)}% 会接受，在所有优惠中对该客户价值最高。`,
    },
    mayNot,
    objections: await objectionsTo(app, offer.id),
  }
}

const tenths = (share: number): string => (share * 100).toFixed(share < 0.1 ? 1 : 0)

const complained: Text = {
  en: 'A complaint is open: settle it first, offer nothing.',
  zh: '有未结投诉：先解决投诉，不提供优惠。',
}
const saidNo: Text = {
  en: 'Said no to it in the last half year: do not ask again.',
  zh: '半年内已拒绝该优惠，请勿再问。',
}
const saidYes: Text = { en: 'Took it already.', zh: '已接受该优惠。' }

const none = (why: Text): Offered => ({
  offer: '',
  name: { en: 'No offer', zh: '无优惠' },
  text: why,
  benefit: { en: '', zh: '' },
  channel: '',
  why,
  mayNot: why,
  objections: [],
})

/** The newest word on an offer. */
function answerTo(offer: string, happened: readonly Happened[]): 'accepted' | 'refused' | null {
  for (const { type, at, payload } of happened) {
    if (payload['offer'] !== offer || Date.now() - Date.parse(at) > NO_HOLDS_MS) continue
    const said = type === 'called' ? payload['outcome'] : type
    if (said === 'accepted' || said === 'ordered') return 'accepted'
    if (said === 'refused' || said === 'declined' || said === 'do-not-call') return 'refused'
  }
  return null
}
