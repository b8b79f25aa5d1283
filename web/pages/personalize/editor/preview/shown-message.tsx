import { useState } from 'react'
import type { Shown } from '../../../../api/content.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Callout, Chip, Segmented } from '../../../../kit/index.ts'

/** One channel's message as its reader meets it. */
export function ShownMessage({ shown }: { shown: Shown }) {
  const { t, term, say } = useText()
  return (
    <article className="shown" aria-label={term('channel', shown.channel)}>
      <header className="shown-head">
        <span className="strong">{term('channel', shown.channel)}</span>
        {shown.basis === 'own' ? null : (
          <Chip tone="outline" title={t(`preview.${shown.basis}-hint`)}>
            {t(`preview.${shown.basis}`)} {shown.basis === 'live' ? shown.template : ''}
          </Chip>
        )}
        <span className="grow" />
        <span className="small muted ellipsis">{shown.subject}</span>
      </header>
      {shown.state === 'held' ? (
        <Callout tone={shown.basis === 'own' ? 'bad' : 'warn'} title={shown.reason ? say(shown.reason) : ''}>
          {shown.detail}
        </Callout>
      ) : (
        <Inside shown={shown} />
      )}
    </article>
  )
}

function Inside({ shown }: { shown: Shown }) {
  if (shown.pages) return <Pages pages={shown.pages} count={shown.pageCount ?? shown.pages.length} />
  if (shown.html !== undefined) return <Screens html={shown.html} mail={shown.channel === 'email'} />
  if (shown.text !== undefined) return <Sms text={shown.text} sms={shown.sms} />
  return shown.script ? <Script script={shown.script} /> : null
}

/** A drawing inside an image runs nothing and loads nothing. */
function Pages({ pages, count }: { pages: readonly string[]; count: number }) {
  const { t } = useText()
  return (
    <div className="shown-pages">
      {pages.map((svg, at) => {
        const number = at + 1
        return (
          <img
            key={number}
            src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`}
            alt={t('preview.page', { number, count })}
          />
        )
      })}
      {count > pages.length ? (
        <p className="small muted">{t('preview.more-pages', { count: count - pages.length })}</p>
      ) : null}
    </div>
  )
}

/** A mail program decides between light and dark by the system; its own rules for dark are turned on by hand here. */
const inDark = (html: string): string => html.replaceAll(/@media\s*\(prefers-color-scheme:\s*dark\)/g, '@media all')

function Screens({ html, mail }: { html: string; mail: boolean }) {
  const { t } = useText()
  const [screen, setScreen] = useState<'desktop' | 'mobile' | 'dark'>('desktop')
  return (
    <div className="stack tight">
      <Segmented<'desktop' | 'mobile' | 'dark'>
        size="small"
        value={screen}
        onChange={setScreen}
        options={(mail ? (['desktop', 'mobile', 'dark'] as const) : (['desktop', 'mobile'] as const)).map(value => ({
          value,
          label: t(`preview.${value}`),
        }))}
      />
      <iframe
        className={`shown-screen ${screen}`}
        sandbox=""
        referrerPolicy="no-referrer"
        srcDoc={screen === 'dark' ? inDark(html) : html}
        title={t(`preview.${screen}`)}
      />
    </div>
  )
}

function Sms({ text, sms }: { text: string; sms: Shown['sms'] }) {
  const { t } = useText()
  return (
    <div className="phone">
      <div className="bubble verse">{text}</div>
      {sms ? (
        <div className="small muted">
          {t('preview.sms', { encoding: sms.encoding, segments: sms.segments, units: sms.units, left: sms.left })}{' '}
          {sms.because ? t('preview.sms-because', { character: sms.because }) : ''}
        </div>
      ) : null}
    </div>
  )
}

function Script({ script }: { script: NonNullable<Shown['script']> }) {
  const { t } = useText()
  const titles = new Map(script.blocks.map(({ id, title }) => [id, title]))
  return (
    <ol className="script-read">
      {script.blocks.map(block => (
        <li key={block.id}>
          <div className="strong">{block.title}</div>
          <p className="verse">{block.say}</p>
          {block.fields.map(({ label, options }) => (
            <p key={label} className="small">
              ☐ {label} {options.length > 0 ? `(${options.join(' / ')})` : ''}
            </p>
          ))}
          {block.next.map(({ answer, to }) => (
            <p key={answer} className="small muted">
              {answer} → {titles.get(to) ?? to}
            </p>
          ))}
        </li>
      ))}
      {script.blocks.length === 0 ? <li className="muted">{t('preview.no-steps')}</li> : null}
    </ol>
  )
}
