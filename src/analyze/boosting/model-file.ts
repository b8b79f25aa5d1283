import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { boostingErrors } from './errors.ts'
import { type Model, modelSchema } from './model.ts'

/** Written whole or not at all: a model half on disk would be refused only when it is needed. */
export async function writeWhole(file: string, text: string): Promise<void> {
  try {
    await writeFile(`${file}.part`, text)
    await rename(`${file}.part`, file)
  } catch (error) {
    throw boostingErrors['analyze.train-cannot-write'](
      { file, code: (error as NodeJS.ErrnoException).code ?? '' },
      error,
    )
  }
}

export const writeModel = (file: string, model: Model): Promise<void> => writeWhole(file, `${JSON.stringify(model)}\n`)

export async function readModel(file: string): Promise<Model> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw boostingErrors['analyze.train-no-file']({ file, code: (error as NodeJS.ErrnoException).code ?? '' }, error)
  }
  try {
    return modelSchema.parse(JSON.parse(text))
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error).split('\n', 2).join(' ') : (error as Error).message
    throw boostingErrors['analyze.model-unreadable']({ file, reason }, error)
  }
}
