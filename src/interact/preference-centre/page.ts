/** Pages for customers, without a script and without anything from elsewhere: they work in the oldest browser and load in one answer. */
import type { FastifyReply, FastifyRequest } from 'fastify'

export type PageLang = 'zh-CN' | 'en'

export const pageLang = (language: string): PageLang => (language.startsWith('zh') ? 'zh-CN' : 'en')

/** As the address asks for it; named twice, it is not asked for. */
export function langAsked(req: FastifyRequest, otherwise: string): PageLang {
  const { lang } = req.query as { lang?: unknown }
  return pageLang(typeof lang === 'string' ? lang : otherwise)
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escaped = (text: string): string => text.replace(/[&<>"']/g, char => ENTITIES[char]!)

const STYLE = `
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;font:16px/1.6 -apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",sans-serif;background:#eef1f0;color:#1c2430}
:lang(zh-TW){font-family:-apple-system,"Segoe UI","PingFang TC","Microsoft JhengHei","Noto Sans TC","Noto Sans CJK TC",sans-serif}
:lang(zh){line-break:strict;text-autospace:normal}
.page{max-width:34rem;margin:0 auto;padding:1.25rem 1rem 3rem}
.page.wide{max-width:56rem}
.skip{position:absolute;left:.5rem;top:-10rem;background:#fff;padding:.5rem 1rem;border-radius:6px;z-index:1}
.skip:focus{top:.5rem}
.card{background:#fff;border-radius:10px;padding:1.25rem 1.25rem 1.5rem;box-shadow:0 1px 3px #0001}
.top{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;margin:.5rem 0 1rem}
.top strong{color:#1f5f5b}
.langs{display:flex;gap:.9rem;flex-wrap:wrap;justify-content:flex-end}
h1{font-size:1.3rem;line-height:1.35;margin:0 0 .75rem;overflow-wrap:anywhere}
h2{font-size:1rem;margin:1.5rem 0 .5rem}
fieldset{border:0;padding:0;margin:1.25rem 0 0;min-width:0}
legend{padding:0}
legend.strong{font-weight:600}
label{display:flex;gap:.6rem;align-items:center;min-height:2.75rem}
label.field{display:block;min-height:0;margin:.6rem 0}
input[type=checkbox],input[type=radio]{width:1.25rem;height:1.25rem;margin:0;flex:none;accent-color:#1f5f5b}
select,input[type=time]{font:inherit;padding:.5rem;border:1px solid #7d8a88;border-radius:6px;background:#fff;color:inherit;min-height:2.75rem;max-width:100%}
select{width:100%}
.span{display:flex;gap:.6rem;align-items:center;flex-wrap:wrap}
button{font:inherit;font-weight:600;padding:.65rem 1.25rem;min-height:2.75rem;border-radius:6px;border:1px solid #1f5f5b;background:#1f5f5b;color:#fff;cursor:pointer}
button.plain{background:none;color:#1f5f5b;padding:.25rem .5rem;min-height:2.25rem;border:0;font-weight:400;text-decoration:underline}
a{color:#1f5f5b}
.note{color:#5b6470;font-size:.875rem;margin:.75rem 0 0}
.done{border-left:4px solid #1f5f5b;padding:.6rem .9rem;background:#e7f1ef;border-radius:4px;margin:0 0 1rem}
.actions{margin-top:1.5rem;display:flex;gap:1rem;align-items:center;flex-wrap:wrap}
.problem{border-left:4px solid #b3382c;padding:.6rem .9rem;background:#fbeceb;border-radius:4px;margin:0 0 1rem}
[aria-invalid=true]{border:2px solid #b3382c!important}
:focus-visible{outline:3px solid #c8552d;outline-offset:2px}
[tabindex="-1"]:focus{outline:0}
@media (forced-colors:active){.done,.problem{border:2px solid}}
@media print{body{background:#fff;color:#000}.page,.page.wide{max-width:none;padding:0}.card{box-shadow:none;padding:0}.langs,.skip,nav,button,.no-print{display:none!important}}
@media (prefers-color-scheme:dark){body{background:#12181c;color:#e8ecee}.card{background:#1b2328}.top strong,a,button.plain{color:#8fd0c8}.note{color:#a9b4ba}select,input[type=time]{background:#12181c;border-color:#71808a}.done{background:#20302f}.skip{background:#1b2328}.problem{background:#3a2322}[aria-invalid=true]{border-color:#f08a7c!important}}
`

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** The languages of pages behind a sign-in; those behind a link speak two. */
export const READ_LANGS = ['zh-CN', 'zh-TW', 'en'] as const
export type ReadLang = (typeof READ_LANGS)[number]

const LANG_NAMES: Record<ReadLang, string> = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' }
const SKIP: Record<ReadLang, string> = { 'zh-CN': '跳到正文', 'zh-TW': '跳到內文', en: 'Skip to content' }
const WRONG: Record<ReadLang, string> = { 'zh-CN': '有误', 'zh-TW': '有誤', en: 'Error' }

export interface CustomerPage {
  lang: ReadLang
  title: string
  /** Of the title, where it is not the page's: the subject of a message. */
  titleLang?: string
  /** HTML; whatever came from elsewhere is escaped in it. */
  body: string
  /** HTML of what went wrong, above the body; the window's title says that something did. */
  problem?: string
  /** Who writes to them. */
  sender: string
  /** Languages it can be read in. Default: simplified Chinese and English. */
  langs?: readonly ReadLang[]
  /** What else the address asks for, kept when the language is changed. */
  query?: string
  /** Lists and documents want more room than a form. */
  wide?: boolean
  /** HTML above the card. */
  nav?: string
  /** Shows documents of ours in a frame. */
  frames?: boolean
  /** Path of the page's one script; without, none can run. */
  script?: string
  /** CSS of these pages alone. */
  style?: string
}

const policyOf = ({ frames, script }: CustomerPage): string =>
  [POLICY, frames ? "frame-src 'self'" : '', script ? "script-src 'self'; connect-src 'self'" : '']
    .filter(part => part !== '')
    .join('; ')

export function sendPage(reply: FastifyReply, page: CustomerPage, status = 200): FastifyReply {
  const { lang, title, titleLang, body, problem = '', sender, langs = ['zh-CN', 'en'], wide, nav = '' } = page
  const { query = '', script, style = '' } = page
  const others = langs
    .filter(other => other !== lang)
    .map(
      other =>
        `<a href="${escaped(withLang(query, other))}" hreflang="${other}" lang="${other}">${LANG_NAMES[other]}</a>`,
    )
  const windowTitle = [problem === '' ? '' : WRONG[lang], title, sender].filter(part => part !== '').join(' · ')
  return reply
    .code(status)
    .header('content-security-policy', policyOf(page))
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-robots-tag', 'noindex')
    .header('x-frame-options', 'DENY')
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
        `<title>${escaped(windowTitle)}</title><style>${STYLE}${style}</style>${script ? `<script src="${script}" defer></script>` : ''}</head>` +
        `<body>${nav === '' ? '' : `<a class="skip" href="#content">${SKIP[lang]}</a>`}<div class="page${wide ? ' wide' : ''}">` +
        `<header><div class="top"><strong>${escaped(sender)}</strong><span class="langs">${others.join(' ')}</span></div>${nav}</header>` +
        `<main id="content" class="card"><h1${titleLang ? ` lang="${escaped(titleLang)}"` : ''}>${escaped(title)}</h1>${problem}${body}</main></div></body></html>`,
    )
}

function withLang(query: string, lang: ReadLang): string {
  const asked = new URLSearchParams(query)
  asked.set('lang', lang)
  return `?${asked}`
}
