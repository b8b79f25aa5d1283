/** The embedded engine for facts: chDB in a process of its own, reached as a ClickHouse server is. */
export { type FactsEngine, type FactsEngineOptions, startFactsEngine } from './start-engine.ts'
