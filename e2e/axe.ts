import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What axe finds against WCAG 2.2 A and AA on a page as it stands, one line each: rule, element, what is wrong. Frames are documents of
 * their own and are not looked into. Evaluated, not added as a script: the pages' policy lets none in.
 */
export async function axe(page: Page, without: readonly string[] = []): Promise<string[]> {
  await page.evaluate(source)
  const options: RunOptions = {
    runOnly: LEVELS,
    iframes: false,
    resultTypes: ['violations'],
    rules: Object.fromEntries(without.map(rule => [rule, { enabled: false }])),
  }
  const { violations } = await page.evaluate(
    given =>
      (globalThis as unknown as { axe: { run(of: Document, given: unknown): Promise<AxeResults> } }).axe.run(
        document,
        given,
      ),
    options,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary?.split('\n')[1]?.trim() ?? ''}`,
    ),
  )
}
