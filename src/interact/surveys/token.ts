import { createHash } from 'node:crypto'

/** What is stored of the token in a survey's link. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')
