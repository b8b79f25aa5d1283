import { engineOf, fontsOf } from './compose/engine.ts'
import { loadTemplate } from './compose/load-template.ts'
import { openComposePool } from './compose/pool.ts'
import { findTemplate } from './templates-folder.ts'

/** Sets a real page, so that a missing native part or font is known before it is needed. Engine and fonts in one line. */
export async function printEngine(): Promise<string> {
  const { root, id } = findTemplate('bill')
  const version = await loadTemplate(root, id)
  const pool = openComposePool(1)
  try {
    const [outcome] = await pool.compose(version, version.examples.slice(0, 1))
    if (outcome?.state !== 'composed') throw new Error(outcome?.detail ?? 'no page')
    return `${engineOf('print')} ${fontsOf('print')}`
  } finally {
    await pool.close()
  }
}
