/**
 * The web script: pages, products looked at, searches and baskets of visitors who agreed, to the company's own server. Nothing is
 * sent, stored or counted before `huiyin('consent', true)`; a refusal takes the visitor's id and everything waiting away. No
 * cookies, no fingerprints, no third parties. Comments stand on lines of their own: the server takes them off.
 *
 *     <script async src="https://huiyin.example.com/huiyin.js" data-site="hys_…"></script>
 *     <script>window.huiyin=window.huiyin||function(){(huiyin.q=huiyin.q||[]).push(arguments)}</script>
 *     huiyin('consent', true, { wording: 'v3' })   huiyin('consent', false)
 *     huiyin('product', '85123A')   huiyin('search', 'lamp', 12)   huiyin('basket', [{ product: '85123A', quantity: 2 }])
 *     huiyin('page')   for pages that change without loading   huiyin('identify', token)   a token that the server signed
 */
;(() => {
  type Hit = { i: string; t: string; a: number; u: string; r: string; n: string; p: object }
  const script = document.currentScript as HTMLScriptElement | null
  const site = script?.dataset['site'] ?? ''
  const target = script ? new URL('/e', script.src).href : ''
  const CONSENT = 'huiyin.consent'
  const VISITOR = 'huiyin.visitor'
  const QUEUE = 'huiyin.queue'
  const MOST = 200
  const BATCH = 40
  let timer = 0
  let tries = 0
  let flying: string[] = []
  let token = ''
  let lastPage = ''

  const guarded = <T>(work: () => T): T | null => {
    try {
      return work()
    } catch {
      return null
    }
  }
  const get = (key: string) => guarded(() => localStorage.getItem(key))
  const set = (key: string, value: string) => guarded(() => localStorage.setItem(key, value))
  const drop = (key: string) => guarded(() => localStorage.removeItem(key))
  const refusedByBrowser = () => (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true
  const allowed = () => site !== '' && get(CONSENT) === 'yes' && !refusedByBrowser()
  const random = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(12))
    return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  }
  const visitor = () => {
    let id = get(VISITOR)
    if (!id) {
      id = random()
      set(VISITOR, id)
    }
    return id
  }
  const queue = (): Hit[] => guarded(() => JSON.parse(get(QUEUE) ?? '[]') as Hit[]) ?? []

  const clean = (text: string) =>
    text.replace(/[^\s/?=]*(@|%40)[^\s/?=]*/gi, '…').replace(/\+?\d[\d\s().-]{5,}\d/g, '…')
  const address = (href: string) => {
    if (!href) return ''
    const url = new URL(href, location.href)
    const kept = [...url.searchParams].filter(([name]) => /^(utm_\w+|q|query|search|s|page|category)$/i.test(name))
    const search = new URLSearchParams(kept.map(([name, value]) => [name, clean(value)])).toString()
    return url.origin + clean(url.pathname) + (search ? `?${search}` : '')
  }

  const record = (type: string, payload: object) => {
    if (!allowed()) return
    const hit = {
      i: random(),
      t: type,
      a: Date.now(),
      u: address(location.href),
      r: address(document.referrer),
      n: clean(document.title).slice(0, 200),
      p: payload,
    }
    set(QUEUE, JSON.stringify([...queue(), hit].slice(-MOST)))
    later(1000)
  }

  const later = (ms: number) => {
    clearTimeout(timer)
    timer = window.setTimeout(send, ms)
  }

  const settle = (sent: Hit[]) => {
    const gone = new Set(sent.map(hit => hit.i))
    const left = queue().filter(hit => !gone.has(hit.i))
    if (left.length) set(QUEUE, JSON.stringify(left))
    else drop(QUEUE)
  }

  const bodyOf = (batch: Hit[]) =>
    JSON.stringify({ k: site, v: visitor(), s: Date.now(), ...(token ? { x: token } : {}), e: batch })

  const send = async () => {
    if (!allowed() || flying.length || !navigator.onLine) return
    const batch = queue().slice(0, BATCH)
    if (!batch.length && !token) return
    flying = ['', ...batch.map(hit => hit.i)]
    const shown = token
    const answer = await fetch(target, {
      method: 'POST',
      body: bodyOf(batch),
      keepalive: true,
      credentials: 'omit',
      mode: 'cors',
      headers: { 'content-type': 'text/plain' },
    }).catch(() => null)
    flying = []
    const status = answer ? answer.status : 0
    if (status === 204 || (status >= 400 && status < 500 && status !== 429)) {
      tries = 0
      if (token === shown) token = ''
      settle(batch)
      if (queue().length) later(200)
    } else {
      tries++
      const asked = Number(answer?.headers.get('retry-after')) * 1000
      later(Math.max(asked || 0, Math.min(2 ** tries * 1000, 300000) * (0.5 + Math.random() / 2)))
    }
  }

  const leave = () => {
    const batch = queue()
      .filter(hit => !flying.includes(hit.i))
      .slice(0, BATCH)
    if (!allowed() || !batch.length) return
    if (navigator.sendBeacon(target, bodyOf(batch))) settle(batch)
  }

  const page = () => {
    if (location.href === lastPage) return
    lastPage = location.href
    record('page-viewed', {})
  }

  const consent = (yes: boolean, how?: { wording?: string }) => {
    if (!yes || refusedByBrowser()) {
      drop(VISITOR)
      drop(QUEUE)
      token = ''
      set(CONSENT, 'no')
      clearTimeout(timer)
      return
    }
    const before = get(CONSENT)
    set(CONSENT, 'yes')
    if (before !== 'yes') record('consent-given', how?.wording ? { wording: how.wording } : {})
    page()
  }

  const commands: Record<string, (...given: never[]) => void> = {
    consent,
    page,
    product: (code: string) => record('product-viewed', { product: String(code) }),
    search: (query: string, results?: number) => record('searched', { query: clean(String(query)), results }),
    basket: (items: object[]) => record('basket-changed', { items }),
    identify: (signed: string) => {
      token = String(signed)
      later(100)
    },
  }
  const run = (name: string, ...given: unknown[]) =>
    guarded(() => (commands[name] as ((...given: unknown[]) => void) | undefined)?.(...given))

  const here = guarded(() => new URL(location.href))
  const signed = here?.searchParams.get('hy_t')
  if (here && signed) {
    here.searchParams.delete('hy_t')
    guarded(() => history.replaceState(history.state, '', here.href))
    token = signed
  }

  const shell = window as unknown as { huiyin?: { q?: ArrayLike<unknown>[] } }
  const before = shell.huiyin?.q ?? []
  shell.huiyin = run as never
  if (refusedByBrowser()) consent(false)
  for (const call of before) run(...(Array.from(call) as [string]))
  if (allowed()) {
    page()
    later(0)
  }
  addEventListener('online', () => later(500))
  addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leave())
})()
