import type { TemplateVersion } from '../compose/template.ts'

/**
 * A template reads its data by absolute paths (`/data.json`, `/charts/…`, its own files). In a print file many documents stand side
 * by side, each under a folder of its own: the same sources with those paths led there. `ending` is added to the main file.
 */
export function rootedSources(version: TemplateVersion, root: string, ending: string): Map<string, string> {
  const own = new Set(Object.keys(version.files).filter(name => name.endsWith('.typ')))
  const rooted = (text: string) =>
    text.replace(/"\/([^"]*)"/g, (whole, path: string) =>
      path === 'data.json' || path.startsWith('charts/') || own.has(path) ? `"/${root}/${path}"` : whole,
    )
  return new Map(
    [...own].map(name => [name, rooted(version.files[name] ?? '') + (name === 'main.typ' ? `\n${ending}` : '')]),
  )
}
