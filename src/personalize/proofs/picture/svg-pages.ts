export interface SvgPage {
  /** Points. */
  width: number
  height: number
  /** The page alone, as a picture of its own. */
  svg: string
}

/**
 * The print engine draws all pages of a document under each other in one SVG, each a group of the first level with its offset, and the
 * glyphs at the end. Cut apart so that each can be shown and compared by itself.
 */
export function svgPages(svg: string): SvgPage[] {
  const [, totalWidth = '0', totalHeight = '0'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
  const defs = svg.slice(Math.max(0, svg.search(/\n {4}<defs/))).replace(/<\/svg>\s*$/, '')
  const groups = [...svg.matchAll(/^ {4}<g(?: transform="matrix\(1 0 0 1 0 ([\d.]+)\)")?(?:>[\s\S]*?^ {4}<\/g>|\/>)/gm)]
  return groups.map((group, index) => {
    const top = Number(group[1] ?? 0)
    const width = Number(totalWidth)
    const height = Number(groups[index + 1]?.[1] ?? totalHeight) - top
    const head = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 ${top} ${width} ${height}" width="${width}pt" height="${height}pt">`
    const used = new Set(Array.from(group[0].matchAll(/#(\w+)/g), ([, id]) => id))
    return {
      width,
      height,
      svg: `${head}<rect x="0" y="${top}" width="${width}" height="${height}" fill="#ffffff"/>${group[0]}${onlyUsed(defs, used)}</svg>`,
    }
  })
}

const onlyUsed = (defs: string, used: ReadonlySet<string | undefined>): string =>
  defs.replace(/^ {8}<symbol id="(\w+)"[\s\S]*?<\/symbol>\n/gm, (symbol, id: string) => (used.has(id) ? symbol : ''))
