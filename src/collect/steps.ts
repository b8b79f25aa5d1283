/** The steps of a turn that belong here: import, quality, identity. */
import type { App, Progress, Step, StepContext } from '../platform/app.ts'
import { verifyFirst } from './decay/tables.ts'
import { rankVerifyFirst } from './decay/verify-first.ts'
import { pairWeights, reviewPairs } from './decisions/tables.ts'
import { placeWaitingEvents } from './events/place-waiting.ts'
import { recordHouseholds } from './households/index.ts'
import { householdMembers, organisationPeople } from './households/tables.ts'
import { joinAttributes } from './identity/attributes.ts'
import { resolveConsents } from './identity/consents.ts'
import { buildGoldenRecords } from './identity/golden.ts'
import { materialisePurchases } from './identity/purchases.ts'
import { dropLinkTable, resolveIdentities } from './identity/resolve.ts'
import { identityEvents } from './identity/tables.ts'
import { importFile, sweepKilledImports, sweepStaging } from './import/import-file.ts'
import { oneAtATime } from './import/one-at-a-time.ts'
import { qualityStep } from './quality/step.ts'
import { filesOf, sources } from './sources.ts'
import {
  currentRecords,
  customerAttributes,
  customerConsents,
  customerRedirects,
  goldenRecords,
  purchases,
  recordLinks,
} from './tables.ts'

/** Imports every file of every source that is not committed yet; returns the sums over all committed imports. */
export async function importSources(app: App, progress: Progress): Promise<Record<string, number>> {
  await sweepStaging(app)
  await oneAtATime(app, async () => {
    await sweepKilledImports(app)
    const files: { path: string; mapping: Parameters<typeof importFile>[1] }[] = []
    for (const source of await sources(app)) {
      if (source.inTurns) for (const path of await filesOf(source)) files.push({ path, mapping: source.mapping })
    }
    for (const [index, { path, mapping }] of files.entries()) {
      progress(index, files.length, mapping.source)
      await importFile(app, mapping, path)
    }
    progress(files.length, files.length)
  })
  return app.facts.one(
    `SELECT sum(rows_in) AS rowsIn, sum(stored) AS stored, sum(duplicates) AS duplicates,
            sum(quarantined) - sum(mended) AS quarantined FROM import_commits`,
  )
}

async function identify(ctx: StepContext) {
  const resolved = await resolveIdentities(ctx)
  await buildGoldenRecords(ctx, resolved.records)
  ctx.progress(8, 10, 'consents')
  await resolveConsents(ctx, resolved.records)
  await joinAttributes(ctx, resolved.customers)
  ctx.progress(9, 10, 'purchases')
  const purchaseLines = await materialisePurchases(ctx)
  const households = await recordHouseholds(ctx)
  await dropLinkTable(ctx.app, ctx.runId)
  await placeWaitingEvents(ctx.app, ctx.runId)
  await rankVerifyFirst(ctx.app, ctx.runId, ctx.turn.asOf)
  ctx.progress(10, 10)
  return { ...resolved, ...households, purchaseLines }
}

export const steps: Step[] = [
  {
    id: 'import',
    title: { en: 'Import', zh: '导入' },
    resumes: true,
    writes: [],
    run: ctx => importSources(ctx.app, ctx.progress),
  },
  {
    id: 'quality',
    title: { en: 'Quality', zh: '质量检查' },
    resumes: false,
    writes: [],
    run: qualityStep,
  },
  {
    id: 'identity',
    title: { en: 'Identity', zh: '身份识别' },
    resumes: false,
    writes: [
      currentRecords,
      customerRedirects,
      recordLinks,
      reviewPairs,
      pairWeights,
      householdMembers,
      organisationPeople,
      goldenRecords,
      customerConsents,
      customerAttributes,
      purchases,
      verifyFirst,
      identityEvents,
    ],
    run: identify,
  },
]
