/**
 * At a screen that everybody uses. Nobody touched it for 50 s: it asks, counts ten seconds, clears the screen, signs out and shows the
 * start page, with or without a network. Forms and links are fetched, so that a network that is away loses nothing: what was typed stays
 * in the page, what was sent stays in memory (never on the disk) and is sent again under the same key, which the server takes once. Who
 * left before the network came back is still served, but seen by nobody.
 */
;(() => {
  const IDLE_MS = 60_000
  const WARN_S = 10
  const AGAIN_MS = 3_000
  /** A request that a dead network swallowed is given up, and sent again. */
  const SWALLOWED_MS = 20_000
  /** What waits for the network longer than a session lasts is dropped. */
  const KEPT_MS = 600_000
  const words = () =>
    document.documentElement.lang.startsWith('zh')
      ? {
          idle: s => `您还在吗？本页将在 ${s} 秒后清除。`,
          stay: '我还在',
          typing: '网络中断。您可以继续填写，内容会保留，提交后将在网络恢复时发送一次。',
          sending: '网络中断。您提交的内容已保留，网络恢复后将自动发送一次。',
          closed: '暂时无法使用，请稍候，或请工作人员协助。',
          name: '自助终端',
        }
      : {
          idle: s => `Are you still there? This page is cleared in ${s} seconds.`,
          stay: 'I am still here',
          typing: 'The network is away. Go on: what you type stays here, and is sent once when the network is back.',
          sending: 'The network is away. What you sent is kept, and goes out once when the network is back.',
          closed: 'Out of use for a moment. Please wait, or ask a colleague.',
          name: 'Kiosk',
        }

  let touched = Date.now()
  /** The one request under way. */
  let pending = null
  /** Cleared, and not signed out yet. */
  let leaving = false
  let csrf = ''
  let wake = () => undefined
  const signedIn = () => document.querySelector('form[action="/kiosk/sign-out"]') !== null
  const FIRST = 'main form[action="/kiosk/card"],main form[action="/kiosk/pair"]'
  /** The start page, as nobody has touched it: with nothing on it to clear. */
  const resting = () =>
    document.querySelector(FIRST) !== null &&
    document.querySelector('main .problem') === null &&
    [...document.querySelectorAll('main input:not([type=hidden])')].every(field => field.value === '')

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

  /** The browser offers nobody what somebody else typed. */
  function ready() {
    csrf = document.querySelector('input[name=csrf]')?.value ?? csrf
    for (const field of document.querySelectorAll('form,input,textarea')) field.setAttribute('autocomplete', 'off')
  }

  /** Throws when this is no page of ours: what answers for a server that is away. */
  function swap(text, url) {
    const next = new DOMParser().parseFromString(text, 'text/html')
    const page = next.querySelector('.page')
    const style = next.querySelector('style')
    if (!page || !style) throw new TypeError('no page')
    document.documentElement.lang = next.documentElement.lang
    document.title = next.title
    document.querySelector('style').replaceWith(document.importNode(style, true))
    document.querySelector('.page').replaceWith(document.importNode(page, true))
    // Nothing to go back to; a reload asks for a page that can be shown again.
    history.replaceState(null, '', url)
    scrollTo(0, 0)
    touched = Date.now()
    ready()
    const title = document.querySelector('h1')
    title.tabIndex = -1
    // Whoever cannot see the page is told that it is another one.
    ;(document.querySelector('main [autofocus]') ?? title).focus()
  }

  const pause = ms =>
    new Promise(done => {
      const timer = setTimeout(done, ms)
      wake = () => {
        clearTimeout(timer)
        done()
      }
    })

  /** Sends until somebody answers. `left()`: it is wanted no more. */
  async function answerTo(url, options, left) {
    while (!left()) {
      try {
        const response = await fetch(url, {
          credentials: 'same-origin',
          cache: 'no-store',
          signal: AbortSignal.timeout(SWALLOWED_MS),
          ...options,
        })
        const text = await response.text()
        if (!text.includes('<main')) throw new TypeError('no page')
        note('')
        // A page that answers a form in place has no address of its own.
        return { text, url: response.redirected || !options.method ? response.url : location.href }
      } catch {
        note(leaving ? words().closed : words().sending)
        await pause(AGAIN_MS)
      }
    }
    return null
  }

  async function go(url, options) {
    if (pending || leaving) return
    const until = Date.now() + KEPT_MS
    const own = { method: options.method ?? 'GET' }
    pending = own
    // Whoever left wanted to read nothing more; what they sent still goes.
    const left = () => Date.now() > until || (leaving && own.method === 'GET')
    const answer = await answerTo(url, options, left)
    pending = null
    if (leaving) return signOut()
    if (!answer) return forget()
    swap(answer.text, answer.url)
  }

  /** At once, whatever the network does: nobody who comes next sees a word of it. */
  function forget() {
    if (leaving) return
    leaving = true
    const line = document.createElement('p')
    line.className = 'card'
    line.textContent = words().closed
    document.querySelector('.page').replaceChildren(line)
    document.querySelector('dialog')?.remove()
    document.title = words().name
    history.replaceState(null, '', '/kiosk')
    wake()
    if (!pending) void signOut()
  }

  async function signOut() {
    const body = new URLSearchParams({ csrf })
    const answer = await answerTo('/kiosk/sign-out', { method: 'POST', body }, () => false)
    csrf = ''
    leaving = false
    swap(answer.text, answer.url)
  }

  function warn() {
    const dialog = document.createElement('dialog')
    const text = document.createElement('p')
    const stay = document.createElement('button')
    stay.textContent = words().stay
    dialog.append(text, stay)
    document.body.append(dialog)
    let left = WARN_S
    const end = () => {
      clearInterval(timer)
      dialog.remove()
      touched = Date.now()
    }
    const count = () => {
      text.textContent = words().idle(left)
      if (left-- > 0) return
      end()
      forget()
    }
    const timer = setInterval(count, 1000)
    stay.addEventListener('click', end)
    dialog.addEventListener('cancel', end)
    count()
    dialog.showModal()
  }

  for (const happened of ['pointerdown', 'keydown', 'touchstart', 'scroll', 'input'])
    addEventListener(
      happened,
      () => {
        touched = Date.now()
      },
      { passive: true, capture: true },
    )

  setInterval(() => {
    if (leaving || document.querySelector('dialog')) return
    if (resting() && !pending) touched = Date.now()
    if (Date.now() - touched >= IDLE_MS - WARN_S * 1000) warn()
  }, 1000)

  addEventListener('offline', () => note(leaving ? words().closed : pending ? words().sending : words().typing))
  addEventListener('online', () => {
    if (!pending && !leaving) note('')
    wake()
  })

  document.addEventListener('submit', event => {
    const form = event.target
    event.preventDefault()
    const body = new URLSearchParams(new FormData(form, event.submitter))
    void go(form.getAttribute('action') || location.href, { method: 'POST', body })
  })
  document.addEventListener('click', event => {
    const link = event.target.closest?.('a[href]')
    if (!link || link.hasAttribute('download') || event.ctrlKey || event.metaKey) return
    if (link.getAttribute('href').startsWith('#')) return
    event.preventDefault()
    // Documents are read in their frame: a page without a way back is none for a kiosk.
    if (/\/(content|pdf|original)$/.test(link.getAttribute('href'))) return
    void go(new URL(link.getAttribute('href'), location.href).href, {})
  })

  ready()
  // Pages come by fetch: whoever loads one from scratch has reloaded or started the device, and is not who was signed in.
  addEventListener('pageshow', () => {
    if (signedIn()) forget()
  })
})()
