import type { Colour } from './canvas.ts'

const NAMED: Record<string, string> = { black: '#000000', white: '#ffffff', transparent: 'none' }
/** A gradient is compared by where it is, not by its colours. */
const GRADIENT: Colour = [128, 128, 128, 1]

/** `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)`, `rgba(…)`; nothing of `none` and of what cannot be seen. */
export function readColour(given: string, opacity: number): Colour | undefined {
  const text = NAMED[given] ?? given
  if (text === 'none' || opacity === 0) return undefined
  if (text.startsWith('url(')) return GRADIENT
  const [, list] = /^rgba?\(([^)]*)\)$/.exec(text) ?? []
  if (list !== undefined) {
    const [red = 0, green = 0, blue = 0, alpha = 1] = list.split(/[\s,/]+/).map(Number)
    return [red, green, blue, alpha * opacity]
  }
  const digits = text.length === 4 ? Array.from(text.slice(1), digit => digit + digit).join('') : text.slice(1)
  const [red = 0, green = 0, blue = 0, alpha = 255] = (digits.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16))
  return [red, green, blue, (alpha / 255) * opacity]
}
