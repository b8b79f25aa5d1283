/** What the parent tells the engine's process on stdin, and what comes back on stdout. */
export interface ChildConfig {
  /** Where the engine keeps everything: `<dataDir>/facts`. */
  folder: string
  /** 0: any free one. After a restart the one it had, so that clients find it again. */
  port: number
  username: string
  password: string
  /** Statements at once. */
  slots: number
  /** Settings of the server (memory, caches, pools), fixed for the life of the process. */
  serverSettings: Record<string, string | number>
  /** Settings every statement starts with. */
  settings: Record<string, string | number>
}

export type ChildReport = { port: number; version: string } | { error: string }

const MiB = 1 << 20

/** Node with the addon and the engine's own code take 280 MiB resident before any data. */
const OUTSIDE_ENGINE = 300 * MiB
/** Freed memory that the allocator has not given back yet comes on top of what the engine counts. */
const SLACK = 1.3

/**
 * Memory for the whole process. The engine counts its own and refuses beyond it (code 241); GROUP BY and ORDER BY spill
 * to disk from a quarter of that, JOIN from half. Measured with 2 GiB, grouping 60 M rows by 30 M keys: 1.0–1.4 GB
 * resident at the peak of four runs, 0.4 GB a second later (without slack and with the default ratio of 0.5: up to 2.8).
 */
export function serverSettingsFor(memoryBytes: number): Record<string, number> {
  const engine = Math.max(Math.floor((memoryBytes - OUTSIDE_ENGINE) / SLACK), 256 * MiB)
  const cache = Math.floor(engine / 16)
  return {
    max_server_memory_usage: engine,
    mark_cache_size: cache,
    primary_index_cache_size: cache,
    index_mark_cache_size: Math.floor(cache / 4),
    query_condition_cache_size: Math.floor(cache / 4),
    background_pool_size: 2,
    background_schedule_pool_size: 4,
  }
}

/** Where chDB differs from a ClickHouse server, or leaves it to chance, a statement starts as it would on a server. */
export function settingsFor(threads: number): Record<string, string | number> {
  return {
    max_threads: threads,
    // Small inserts would otherwise wait for others to join them.
    async_insert: 0,
    // The engine's own ratio of 0.5 lets a GROUP BY of 30 M keys run into the limit while it spills.
    max_bytes_ratio_before_external_group_by: 0.25,
    max_bytes_ratio_before_external_sort: 0.25,
    // `SELECT`-less expressions are a convenience of the command line.
    implicit_select: 0,
  }
}
