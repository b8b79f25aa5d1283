import { sha256Of } from '../../platform/sha256.ts'
import { checkData, type Data } from '../compose/check-data.ts'
import { composeMessage } from '../compose/compose-message.ts'
import type { Outcome } from '../compose/outcome.ts'
import { layOut } from '../compose/print.ts'
import type { TemplateVersion } from '../compose/template.ts'
import type { Box, Canvas } from './picture/canvas.ts'
import { comparePictures } from './picture/compare-pictures.ts'
import { drawPage } from './picture/draw-svg.ts'
import { svgPages } from './picture/svg-pages.ts'
import { wordDifference } from './text/word-difference.ts'
import { wordsInMessage, wordsOnPages } from './text/words-of-document.ts'

/** How one side came out. */
export interface Side {
  state: 'composed' | 'held'
  reason: string
  detail: string
  pages: number
  segments: number
  sha256: string
}

export interface PageDifference {
  page: number
  share: number
  boxes: Box[]
}

export interface Comparison {
  before: Side | null
  now: Side
  /** Pages that look different; none of what is not paper. */
  pages: PageDifference[]
  added: number
  removed: number
  /** Of what changed: a difference that a reviewer saw is known again in a later run. Empty: nothing did. */
  fingerprint: string
}

interface Made {
  side: Side
  canvases: Canvas[]
  words: string
}

export async function compareDocuments(
  before: TemplateVersion | null,
  now: TemplateVersion,
  data: Data,
): Promise<Comparison> {
  const old = before ? await make(before, data) : undefined
  const made = await make(now, data)
  if (!old) {
    // The first version: nothing to compare, but what it cannot serve has to be looked at.
    const { state, reason, detail } = made.side
    const fingerprint = state === 'held' ? sha256Of(JSON.stringify([reason, detail])).slice(0, 24) : ''
    return { before: null, now: made.side, pages: [], added: 0, removed: 0, fingerprint }
  }
  const pages = differingPages(old.canvases, made.canvases)
  const runs = wordDifference(old.words, made.words).filter(({ kind }) => kind !== 'same')
  const count = (kind: string) => runs.filter(run => run.kind === kind).length
  const outcome = [old.side, made.side].map(({ state, reason, pages: all, segments }) => [state, reason, all, segments])
  const same = pages.length === 0 && runs.length === 0 && JSON.stringify(outcome[0]) === JSON.stringify(outcome[1])
  return {
    before: old.side,
    now: made.side,
    pages,
    added: count('added'),
    removed: count('removed'),
    fingerprint: same ? '' : sha256Of(JSON.stringify([outcome, pages, runs])).slice(0, 24),
  }
}

async function make(version: TemplateVersion, data: Data): Promise<Made> {
  const outcome = await composeMessage(version, data)
  const side = sideOf(outcome)
  if (outcome.state === 'held' || version.manifest.channel !== 'print')
    return { side, canvases: [], words: await wordsInMessage(outcome) }
  const laid = laidOut(version, data)
  const canvases = laid ? svgPages(laid.typst.plainSvg(laid.document)).map(drawPage) : []
  return { side, canvases, words: laid ? wordsOnPages(laid) : '' }
}

export function laidOut(
  version: TemplateVersion,
  data: Data,
): Exclude<ReturnType<typeof layOut>, { state: 'held' }> | undefined {
  const checked = checkData(version, data)
  if ('state' in checked) return undefined
  const laid = layOut(version, checked.data)
  return 'state' in laid ? undefined : laid
}

function differingPages(before: readonly Canvas[], now: readonly Canvas[]): PageDifference[] {
  return Array.from({ length: Math.max(before.length, now.length) }, (_, index) => ({
    page: index + 1,
    ...comparePictures(before[index], now[index]),
  })).filter(({ share }) => share > 0)
}

const sideOf = (outcome: Outcome): Side =>
  outcome.state === 'held'
    ? { state: 'held', reason: outcome.reason, detail: outcome.detail, pages: 0, segments: 0, sha256: '' }
    : {
        state: 'composed',
        reason: '',
        detail: '',
        pages: outcome.pages,
        segments: outcome.segments,
        sha256: outcome.sha256,
      }
