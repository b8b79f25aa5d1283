import { useEffect, useState } from 'react'
import { apiPath } from '../../../api/client.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Slider } from '../../../kit/index.ts'
import type { ProofResult, ProofRun } from './types.ts'

interface Props {
  base: string
  run: ProofRun
  result: ProofResult
  view: 'side' | 'slide' | 'blink'
  page: number
}

/** Changes are seen best when both stand in the same place and take turns. */
const BLINK_MS = 800

export function ProofPicture({ base, run, result, view, page }: Props) {
  const { t } = useText()
  const { before, now } = result
  const sides = {
    before: {
      there: before?.state === 'composed',
      name: t('proof.before', { version: String(run.baseVersion ?? '–') }),
    },
    now: { there: now.state === 'composed', name: t('proof.now', { version: String(run.version) }) },
  }
  const paper = now.pages > 0 || (before?.pages ?? 0) > 0
  const has = (side: 'before' | 'now') =>
    sides[side].there && (!paper || page <= ((side === 'now' ? now : before)?.pages ?? 0))
  const look = (side: 'before' | 'now', className?: string) => (
    <figure className={className ?? 'proof-side'} key={side}>
      <figcaption className="small soft">{sides[side].name}</figcaption>
      {has(side) ? (
        <Sheet
          address={apiPath(`${base}/picture`, { side, page })}
          name={sides[side].name}
          paper={paper}
          boxes={before?.state === 'composed' ? (result.pages.find(each => each.page === page)?.boxes ?? []) : []}
        />
      ) : (
        <p className="proof-nothing soft">
          {side === 'before' ? t('proof.nothing-before') : t('proof.held-because', { why: now.detail })}
        </p>
      )}
    </figure>
  )
  if (run.baseVersion === null) return <div className="proof-alone">{look('now')}</div>
  if (view === 'side' || !has('before') || !has('now'))
    return (
      <div className="proof-sides">
        {look('before')}
        {look('now')}
      </div>
    )
  return view === 'slide' ? <Sliding look={look} /> : <Blinking look={look} />
}

type Look = (side: 'before' | 'now', className?: string) => React.ReactNode

function Sliding({ look }: { look: Look }) {
  const { t } = useText()
  const [share, setShare] = useState(50)
  return (
    <div>
      <Slider value={share} onChange={setShare} tooltip={{ open: false }} ariaLabelForHandle={t('proof.slide')} />
      <div className="proof-over">
        {look('before', 'proof-side')}
        <div className="proof-top" style={{ clipPath: `inset(0 0 0 ${share}%)` }}>
          {look('now', 'proof-side')}
        </div>
      </div>
    </div>
  )
}

function Blinking({ look }: { look: Look }) {
  const { t } = useText()
  const [shown, setShown] = useState<'before' | 'now'>('now')
  const still = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false
  useEffect(() => {
    if (still) return
    const timer = setInterval(() => setShown(side => (side === 'now' ? 'before' : 'now')), BLINK_MS)
    return () => clearInterval(timer)
  }, [still])
  return (
    <div>
      {still ? (
        <Button onClick={() => setShown(shown === 'now' ? 'before' : 'now')}>{t('proof.view.blink')}</Button>
      ) : null}
      <div className="proof-over">
        {look('before', 'proof-side')}
        <div className="proof-top" style={{ visibility: shown === 'now' ? 'visible' : 'hidden' }}>
          {look('now', 'proof-side')}
        </div>
      </div>
    </div>
  )
}

interface SheetProps {
  address: string
  name: string
  paper: boolean
  boxes: { left: number; top: number; right: number; bottom: number }[]
}

function Sheet({ address, name, paper, boxes }: SheetProps) {
  if (!paper)
    return <iframe className="proof-message" sandbox="" referrerPolicy="no-referrer" src={address} title={name} />
  return (
    <div className="proof-sheet">
      <img src={address} alt={name} />
      {boxes.map(({ left, top, right, bottom }) => (
        <span
          key={`${left}-${top}`}
          className="proof-box"
          style={{
            left: `${left / 10}%`,
            top: `${top / 10}%`,
            width: `${(right - left) / 10}%`,
            height: `${(bottom - top) / 10}%`,
          }}
        />
      ))}
    </div>
  )
}
