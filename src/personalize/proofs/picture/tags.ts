export interface Tag {
  name: string
  attributes: Readonly<Record<string, string>>
  kind: 'open' | 'close' | 'whole'
  /** What follows up to the next tag. */
  text: string
}

const TAG = /<(\/?)([\w:]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>([^<]*)/g

/** The tags of an SVG that an engine of ours wrote: no comments, no CDATA, every value quoted. */
export function* tagsOf(svg: string): Generator<Tag> {
  for (const [, closing, name = '', list = '', whole, text = ''] of svg.matchAll(TAG)) {
    const attributes: Record<string, string> = {}
    for (const [, key = '', value = ''] of list.matchAll(/([\w:-]+)="([^"]*)"/g)) attributes[key] = value
    yield { name, attributes, kind: closing ? 'close' : whole ? 'whole' : 'open', text }
  }
}
