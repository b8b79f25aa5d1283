import { basename } from 'node:path'

/** A name for a source: small letters, digits and hyphens, from the name of a file. */
export const sourceName = (file: string): string =>
  basename(file)
    .replace(/\?.*$/, '')
    .replace(/\..*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 41) || 'file'
