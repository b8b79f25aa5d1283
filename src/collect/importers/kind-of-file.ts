import { extname } from 'node:path'

/** Extension of a file, `.gz` left aside. */
export const kindOfFile = (path: string): string => extname(path.replace(/\.gz$/i, '')).toLowerCase()
