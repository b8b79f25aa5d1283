import { useEffect, useRef } from 'react'

/** `n`, `mod+k`, `mod+Enter`, `Escape`; `mod` is ⌘ on a Mac and Ctrl elsewhere. */
export type Hotkeys = Record<string, (() => void) | undefined>

export const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')
export const modKey = isMac ? '⌘' : 'Ctrl'

/** So that single keys work again. */
export function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Single letters stay quiet while somebody types; combinations, Escape and F1–F12 do not. Never while an input method composes. */
export function useHotkeys(keys: Hotkeys): void {
  const current = useRef(keys)
  current.current = keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.altKey) return
      const mod = event.metaKey || event.ctrlKey
      const name = `${mod ? 'mod+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`
      const action = current.current[name]
      if (!action || (!mod && !/^(Escape|F\d+)$/.test(event.key) && typing(event.target))) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
