import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'

/** Debian's Chromium; HUIYIN_CHROMIUM names another. Nothing is downloaded, and the browser calls nobody. */
export const chromiumPath = process.env['HUIYIN_CHROMIUM'] ?? '/usr/bin/chromium'
export const hasChromium = existsSync(chromiumPath)

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

export interface Look {
  lang: 'zh-CN' | 'en'
  theme: 'light' | 'dark'
  width: 1440 | 390
}

/** A browser that has chosen its language and colours, as the app remembers them. */
export async function contextAs(browser: Browser, look: Look, baseURL: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL,
    locale: look.lang,
    viewport: { width: look.width, height: look.width === 390 ? 844 : 900 },
    colorScheme: look.theme,
    ...(look.width === 390 ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}),
  })
  await context.addInitScript(({ lang, theme }) => {
    // The PDF viewer's own frames have no storage.
    if (!/^https?:/.test(location.protocol)) return
    localStorage.setItem('huiyin.lang', lang)
    localStorage.setItem('huiyin.theme', theme)
  }, look)
  return context
}
