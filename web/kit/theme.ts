import type { ThemeConfig } from 'antd'
import { theme } from 'antd'
import { stored } from './stored.ts'

export type Shade = 'light' | 'dark'

export const shade = stored<Shade>('huiyin.theme', ['light', 'dark'], () =>
  globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
)

/** Ant Design paints with the values of kit/styles/tokens.css; it derives shades from them, so it needs the numbers. */
const colours = {
  light: {
    accent: '#3f51c7',
    good: '#1a774d',
    warn: '#945d08',
    bad: '#c0362c',
    ink: '#1a1d26',
    faint: '#646c7e',
    surface: '#ffffff',
    raised: '#ffffff',
    line: '#cdd1d9',
    soft: '#e3e5ea',
    canvas: '#f5f6f7',
  },
  dark: {
    accent: '#8b9af7',
    good: '#58c292',
    warn: '#e0ac4e',
    bad: '#f0827a',
    ink: '#e7e9ef',
    faint: '#8f97a7',
    surface: '#181b23',
    raised: '#1f232d',
    line: '#3d4454',
    soft: '#2a2f3b',
    canvas: '#101218',
  },
} as const

export function themeOf(of: Shade): ThemeConfig {
  const c = colours[of]
  return {
    algorithm: [of === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm, theme.compactAlgorithm],
    token: {
      colorPrimary: c.accent,
      colorInfo: c.accent,
      colorLink: c.accent,
      colorSuccess: c.good,
      colorWarning: c.warn,
      colorError: c.bad,
      colorTextBase: c.ink,
      // What is derived from the ink is 1.8 : 1.
      colorTextPlaceholder: c.faint,
      colorBgBase: c.surface,
      colorBgContainer: c.surface,
      colorBgElevated: c.raised,
      colorBgLayout: c.canvas,
      colorBorder: c.line,
      colorBorderSecondary: c.soft,
      borderRadius: 6,
      fontFamily: 'var(--font)',
      // The compact algorithm takes the next smaller size as its base: this gives 14 px, and controls of 28 px.
      fontSize: 16,
      controlHeight: 32,
      wireframe: false,
    },
    components: {
      Tabs: { horizontalMargin: '0', horizontalItemPadding: '8px 0', horizontalItemGutter: 22 },
      // White on the light accent of the dark theme would be 2.6 : 1.
      Button: of === 'dark' ? { primaryColor: '#12141b', primaryShadow: 'none' } : { primaryShadow: 'none' },
    },
  }
}

/** The colours charts are drawn with. */
export const chartColours = (of: Shade) => ({
  accent: colours[of].accent,
  quiet: of === 'dark' ? '#5a6377' : '#b4bbc8',
  ink: of === 'dark' ? '#adb4c2' : '#4d5566',
  line: colours[of].soft,
  surface: colours[of].raised,
})
