/**
 * At a screen that everybody uses. Nobody touched it for 60 s: it asks, counts ten seconds, signs out and shows the start page.
 * Forms and links are fetched, so that a network that is away loses nothing: what was typed stays in the page and in memory (never on
 * the disk), and is sent again every three seconds under the same key, which the server takes once.
 */
;(() => {
  const IDLE_MS = 60_000
  const WARN_S = 10
  const AGAIN_MS = 3_000
  /** What waits for the network longer than a session lasts is forgotten. */
  const FORGET_MS = 600_000
  const zh = () => document.documentElement.lang.startsWith('zh')
  const words = () =>
    zh()
      ? {
          idle: s => `您还在吗？本页将在 ${s} 秒后清除。`,
          stay: '我还在',
          offline: '网络中断。您填写的内容已保留，恢复后将自动提交一次。',
        }
      : {
          idle: s => `Are you still there? This page is cleared in ${s} seconds.`,
          stay: 'I am still here',
          offline: 'The network is away. What you typed is kept and sent once it is back.',
        }

  let touched = Date.now()
  let busy = false
  const signedIn = () => document.querySelector('form[action="/kiosk/sign-out"]') !== null
  const dirty = () => [...document.querySelectorAll('input,textarea')].some(field => field.value !== field.defaultValue)

  function note(text) {
    let line = document.getElementById('offline')
    if (text === '') return void line?.remove()
    if (!line) {
      line = document.createElement('p')
      line.id = 'offline'
      line.setAttribute('role', 'alert')
      document.body.append(line)
    }
    line.textContent = text
  }

  function swap(page) {
    const next = new DOMParser().parseFromString(page, 'text/html')
    document.documentElement.lang = next.documentElement.lang
    document.title = next.title
    document.querySelector('style')?.replaceWith(document.importNode(next.querySelector('style'), true))
    document.querySelector('main').replaceWith(document.importNode(next.querySelector('main'), true))
    scrollTo(0, 0)
    touched = Date.now()
    document.querySelector('main [autofocus]')?.focus()
  }

  const pause = ms => new Promise(done => setTimeout(done, ms))

  async function go(url, options) {
    if (busy) return
    busy = true
    const until = Date.now() + FORGET_MS
    try {
      while (Date.now() < until) {
        try {
          const response = await fetch(url, { credentials: 'same-origin', cache: 'no-store', ...options })
          const page = await response.text()
          note('')
          // A page that is shown must be one that can be shown again.
          if (response.redirected) history.replaceState(null, '', response.url)
          return swap(page)
        } catch {
          note(words().offline)
          await pause(AGAIN_MS)
        }
      }
      note('')
      forget()
    } finally {
      busy = false
    }
  }

  function forget() {
    document.querySelector('main').replaceChildren()
    const csrf = forget.csrf ?? ''
    busy = false
    const body = new URLSearchParams({ csrf })
    void go('/kiosk/sign-out', { method: 'POST', body })
  }

  function warn() {
    const dialog = document.createElement('dialog')
    const text = document.createElement('p')
    const stay = document.createElement('button')
    stay.textContent = words().stay
    dialog.append(text, stay)
    document.body.append(dialog)
    let left = WARN_S
    const count = () => {
      text.textContent = words().idle(left)
      if (left-- > 0) return
      end()
      forget()
    }
    const timer = setInterval(count, 1000)
    const end = () => {
      clearInterval(timer)
      dialog.remove()
      touched = Date.now()
    }
    stay.addEventListener('click', end)
    dialog.addEventListener('cancel', end)
    count()
    dialog.showModal()
  }

  for (const happened of ['pointerdown', 'keydown', 'touchstart', 'scroll'])
    addEventListener(happened, () => (touched = Date.now()), { passive: true, capture: true })

  setInterval(() => {
    forget.csrf = document.querySelector('input[name=csrf]')?.value ?? forget.csrf
    if (document.querySelector('dialog') || busy) return
    if (!signedIn() && !dirty()) touched = Date.now()
    if (Date.now() - touched > IDLE_MS - WARN_S * 1000) warn()
  }, 1000)

  document.addEventListener('submit', event => {
    const form = event.target
    event.preventDefault()
    const body = new URLSearchParams(new FormData(form, event.submitter))
    void go(form.getAttribute('action') || location.href, { method: 'POST', body })
  })
  document.addEventListener('click', event => {
    const link = event.target.closest?.('a[href]')
    if (!link || link.hasAttribute('download') || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    // Documents are read in their frame: a page without a way back is none for a kiosk.
    if (/\/(content|pdf|original)$/.test(link.getAttribute('href'))) return
    void go(new URL(link.getAttribute('href'), location.href).href, {})
  })
})()
