/** Which file or table is meant: one of the inbox, the newest of a source, or a table by its address. */
import { basename, dirname } from 'node:path'
import type { App } from '../../platform/app.ts'
import { collectErrors } from '../errors.ts'
import { isAddress, maskAddress } from '../importers/address.ts'
import { inboxOf, inboxPath } from '../inbox/inbox.ts'
import { filePattern, filesOf, type Source, sourceNamed, sources } from '../sources.ts'

export interface Target {
  path: string
  folder: string
  /** As people are shown it. */
  name: string
  saved: Source | null
}

export interface TargetGiven {
  file?: string | undefined
  source?: string | undefined
  address?: string | undefined
}

export async function targetOf(app: App, given: TargetGiven): Promise<Target> {
  if (given.address) {
    if (!isAddress(given.address)) throw collectErrors['collect.file-missing']({ file: given.address })
    const saved = (await sources(app)).find(({ mapping }) => mapping.file === given.address) ?? null
    return { path: given.address, folder: '', name: maskAddress(given.address), saved }
  }
  if (given.file) {
    const path = inboxPath(app, given.file)
    const folder = inboxOf(app)
    const saved = await sourceOfFile(app, folder, given.file)
    return { path, folder, name: given.file, saved }
  }
  const saved = await sourceNamed(app, given.source ?? '')
  const path = (await filesOf(saved)).at(-1)
  if (!path) throw collectErrors['collect.file-missing']({ file: saved.mapping.file })
  return isAddress(path)
    ? { path, folder: '', name: maskAddress(path), saved }
    : { path, folder: dirname(path), name: basename(path), saved }
}

/** The source whose file name, or pattern, fits a file of that folder. */
export async function sourceOfFile(app: App, folder: string, name: string): Promise<Source | null> {
  const fitting = (await sources(app)).filter(
    source =>
      !isAddress(source.mapping.file) && source.folder === folder && filePattern(source.mapping.file).test(name),
  )
  return fitting.find(({ mapping }) => !mapping.file.includes('*')) ?? fitting[0] ?? null
}
