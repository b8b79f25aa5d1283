import type { Measured } from './measure.ts'

/** What a document has that another may lack: ways of the template, forms of the data, its language, a reason to hold it back. */
export const featuresOf = ({ taken, shape, language, held }: Measured): string[] => [
  ...taken,
  ...shape.map(atom => `shape ${atom}`),
  `language ${language}`,
  ...(held ? [`held ${held.reason} ${held.detail.split(':')[0] ?? ''}`] : []),
]
