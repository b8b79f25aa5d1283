import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fonts } from './fonts.ts'
import type { TemplateManifest } from './template.ts'

/** Grows by one whenever our own part of composing gives other bytes for the same input. */
const COMPOSER = 2

const packages: Record<TemplateManifest['channel'], string[]> = {
  print: ['@myriaddreamin/typst-ts-node-compiler', 'echarts', 'liquidjs'],
  email: ['nodemailer', 'liquidjs'],
  sms: ['liquidjs'],
  call: ['liquidjs'],
  portal: ['liquidjs'],
  kiosk: ['liquidjs'],
}

const texts = new Map<string, string>()

/** What composes a channel, with versions, as the ledger keeps it. */
export function engineOf(channel: TemplateManifest['channel']): string {
  let text = texts.get(channel)
  if (!text) {
    const short = (name: string) => name.replace('@myriaddreamin/typst-ts-node-compiler', 'typst')
    text = [`huiyin/${COMPOSER}`, ...packages[channel].map(name => `${short(name)}/${versionOf(name)}`)].join(' ')
    texts.set(channel, text)
  }
  return text
}

export const fontsOf = (channel: TemplateManifest['channel']): string => (channel === 'print' ? fonts().version : '')

function versionOf(name: string): string {
  // Not every package exports its package.json: look for it upwards from its entry.
  let folder = dirname(createRequire(import.meta.url).resolve(name))
  for (; folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name?: string
        version?: string
      }
      if (found.name === name && found.version) return found.version
    } catch {}
  }
  throw new Error(`package ${name} has no package.json`)
}
