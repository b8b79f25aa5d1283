import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// What Node makes of some 3,000 sources and libraries is kept for the next start and for threads, which read the variable:
// 1.65 s of computing until the first line of a command become .9 s. Where the folder cannot be written, all goes on without.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/huiyin', import.meta.url))
enableCompileCache(process.env.NODE_COMPILE_CACHE)
