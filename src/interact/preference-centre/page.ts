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
body{margin:0;font:16px/1.6 -apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;background:#eef1f0;color:#1c2430}
main{max-width:34rem;margin:0 auto;padding:1.25rem 1rem 3rem}
main.wide{max-width:56rem}
.card{background:#fff;border-radius:10px;padding:1.25rem 1.25rem 1.5rem;box-shadow:0 1px 3px #0001}
.top{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;margin:.5rem 0 1rem}
.top strong{color:#1f5f5b}
.langs{display:flex;gap:.9rem;flex-wrap:wrap;justify-content:flex-end}
h1{font-size:1.3rem;line-height:1.35;margin:0 0 .75rem}
h2{font-size:1rem;margin:1.5rem 0 .5rem}
fieldset{border:0;padding:0;margin:0}
legend{padding:0}
label{display:flex;gap:.6rem;align-items:center;min-height:2.75rem}
label.field{display:block;min-height:0;margin:.6rem 0}
input[type=checkbox]{width:1.25rem;height:1.25rem;flex:none;accent-color:#1f5f5b}
select,input[type=time]{font:inherit;padding:.5rem;border:1px solid #7d8a88;border-radius:6px;background:#fff;color:inherit;min-height:2.75rem;max-width:100%}
select{width:100%}
.span{display:flex;gap:.6rem;align-items:center;flex-wrap:wrap}
button{font:inherit;font-weight:600;padding:.65rem 1.25rem;min-height:2.75rem;border-radius:6px;border:1px solid #1f5f5b;background:#1f5f5b;color:#fff;cursor:pointer}
button.plain{background:none;color:#1f5f5b;padding:.25rem .5rem;min-height:2.25rem;border:0;font-weight:400;text-decoration:underline}
a{color:#1f5f5b}
.note{color:#5b6470;font-size:.875rem;margin:.75rem 0 0}
.done{border-left:4px solid #1f5f5b;padding:.6rem .9rem;background:#e7f1ef;border-radius:4px;margin:0 0 1rem}
.actions{margin-top:1.5rem;display:flex;gap:1rem;align-items:center;flex-wrap:wrap}
:focus-visible{outline:3px solid #c8552d;outline-offset:2px}
@media print{body{background:#fff;color:#000}main,main.wide{max-width:none;padding:0}.card{box-shadow:none;padding:0}.langs,nav,button,.no-print{display:none!important}}
@media (prefers-color-scheme:dark){body{background:#12181c;color:#e8ecee}.card{background:#1b2328}.top strong,a,button.plain{color:#8fd0c8}.note{color:#a9b4ba}select,input[type=time]{background:#12181c;border-color:#71808a}.done{background:#20302f}}
`

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** The languages of pages behind a sign-in; those behind a link speak two. */
export const READ_LANGS = ['zh-CN', 'zh-TW', 'en'] as const
export type ReadLang = (typeof READ_LANGS)[number]

const LANG_NAMES: Record<ReadLang, string> = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' }

export interface CustomerPage {
  lang: ReadLang
  title: string
  /** HTML; whatever came from elsewhere is escaped in it. */
  body: string
  /** Who writes to them. */
  sender: string
  /** Languages it can be read in. Default: simplified Chinese and English. */
  langs?: readonly ReadLang[]
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
  const { lang, title, body, sender, langs = ['zh-CN', 'en'], wide, nav = '', script, style = '' } = page
  const others = langs
    .filter(other => other !== lang)
    .map(other => `<a href="?lang=${other}" hreflang="${other}" lang="${other}">${LANG_NAMES[other]}</a>`)
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
        `<title>${escaped(title)}</title><style>${STYLE}${style}</style>${script ? `<script src="${script}" defer></script>` : ''}</head>` +
        `<body><main${wide ? ' class="wide"' : ''}>` +
        `<div class="top"><strong>${escaped(sender)}</strong><span class="langs">${others.join(' ')}</span></div>${nav}` +
        `<div class="card"><h1>${escaped(title)}</h1>${body}</div></main></body></html>`,
    )
}
