import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { BYTEA, columnParsers } from './column-parsers.ts'

/** What every PGlite of ours is started with. */
export const pgliteOptions: PGliteOptions = {
  parsers: columnParsers,
  // PGlite writes bytes to text one by one; Buffer is ten times as fast.
  serializers: { [BYTEA]: (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString('hex')}` },
  // There is no background process that would checkpoint: it happens inside the statement that fills the log, so the log is
  // kept short (default 1 GB), which also bounds the recovery after a kill.
  startParams: [...PGlite.defaultStartParams, '-c', 'max_wal_size=64MB', '-c', 'min_wal_size=32MB'],
  initDbStartParams: ['--wal-segsize=1'],
}
