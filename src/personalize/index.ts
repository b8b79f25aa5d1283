import type { Stage, Step } from '../platform/app.ts'
import { commands } from './commands.ts'
import { composeStep, composeWave } from './compose-step.ts'
import { jobs } from './jobs.ts'
import { marts } from './marts.ts'
import { routes } from './routes.ts'
import { factTables, workflowMigrations } from './tables.ts'
import './personal-data.ts'

/** The face of personalize: every planned message made for one person, and shown again byte for byte. */
export const stage: Stage = {
  name: 'personalize',
  title: { en: 'Personalize', zh: '个性化' },
  factTables,
  workflowMigrations,
  jobs,
  routes,
  marts,
  commands,
}

export const steps: Step[] = [composeStep]

export { HELD as HELD_COMMUNICATION } from './archive/holds.ts'
export { whenPastRetention } from './archive/retention.ts'
export { writeLedger } from './archive/write-ledger.ts'
export type { Script } from './compose/script.ts'
export { type SmsSize, smsSize } from './compose/segments.ts'
export { scriptAs, scriptVersions } from './compose-as.ts'
export { composeExample } from './compose-example.ts'
export { composeInstead, type InsteadChannel, type InsteadRun, insteadId } from './compose-instead.ts'
export { taiwanWords } from './data/taiwan.ts'
export type { FragmentContent } from './design/design.ts'
export { sendDocument } from './document-headers.ts'
export { fragmentsOn, type Objection, objectionsOn, publishFragment } from './fragments/fragment-store.ts'
export { decideWays, readWhy, verdicts } from './kinds/decide-ways.ts'
export { carriedDocumentOf } from './kinds/document-of.ts'
export type { Kind } from './kinds/kind.ts'
export { checkAgainstKind, kindOf, kinds, removeKind, saveKind } from './kinds/kind-store.ts'
export { withoutPaperConsent } from './kinds/paper-consent.ts'
export { communicationsOf, composedOf, type ManifestRow, manifestOf, manifestsOf } from './ledger.ts'
export { letterDecision, letterDetail } from './letters/api.ts'
export { composeLetter, letterSent, lettersToSend } from './letters/compose-letter.ts'
export { approveLetter, returnLetter } from './letters/decide-letter.ts'
export { letterOf } from './letters/letter-store.ts'
export { letterView } from './letters/view.ts'
export { companyName, mailSender } from './links/company-name.ts'
export { linkKey, linkSecret } from './links/link-key.ts'
export { type LinkSettings, linkSettings, saveLinkSettings } from './links/link-settings.ts'
export { type LinkUse, linkToken, readLink } from './links/link-token.ts'
export { loadSample } from './load-sample.ts'
export { preview } from './preview.ts'
export { printEngine } from './print-engine.ts'
export { printDocuments, printFile } from './print-file/documents.ts'
export { type MailPiece, MOST_DOCUMENTS, type PrintDocument, type PrintFile } from './print-file/print-file.ts'
export { type ProofState, proofState } from './proofs/proof-state.ts'
export { bytesOf, composeAgain, type Shown, show } from './show.ts'
export { dropPack, dropSpool, writePack } from './spool.ts'
export { proposeVersion } from './templates/propose-version.ts'
export { composeWave }
