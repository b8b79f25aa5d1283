import { createHash } from 'node:crypto'

/** Addresses written differently are one: letter case, spaces and marks do not count. */
export const addressHash = (channel: string, address: string): string =>
  createHash('sha256')
    .update(
      `${channel}:${address
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s().-]/g, '')}`,
    )
    .digest('hex')
